import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { seedDatabase, SeedError } from '../../src/cli/seed.js';
import { records } from '../../src/subgraphs/records.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase, execute, type TestDatabase } from '../support/database.js';
import { count, writeSeeds, type Edits } from './tiny-seeds.js';

const loadDemo = (into: TestDatabase, directory: string) =>
  seedDatabase({ em: into.em(), subgraphs, seed: 'demo', directory });

const source = '- { slug: demo-page, url: https://page.example/, title: A page }\n';

/** Loads the tiny seeds with these files of a demonstration beside them. */
async function loadTiny(into: TestDatabase, made: Record<string, string>, edits: Edits = {}) {
  const folder = await writeSeeds(edits);
  await mkdir(join(folder, 'demonstration'));
  for (const [file, text] of Object.entries(made)) await writeFile(join(folder, 'demonstration', file), text);
  return loadDemo(into, folder);
}

let empty: TestDatabase;
beforeAll(async () => {
  empty = await aDatabase();
});

const entry = (fields: string) => `- { ${fields}, source: demo-page, confidence: STATED }\n`;

test.each<[what: string, made: Record<string, string>, fault: string]>([
  [
    'a real owner',
    { 'practices.yaml': entry('slug: demo-x, title: X, language: en, owner: town-hall') },
    "demonstration/practices.yaml:1 owner: 'town-hall' is a real partner, and nothing made up may hang on it. Name one of the demonstration, or choose another name.",
  ],
  [
    'the slug of a real record',
    { 'practices.yaml': `\n${entry('slug: fair, title: X, language: en')}` },
    "demonstration/practices.yaml:2 slug: 'fair' is a real good practice, and nothing made up may hang on it. Name one of the demonstration, or choose another name.",
  ],
  [
    'a real source',
    { 'programmes.yaml': '- { slug: demo-x, name: X, source: crafts-page, confidence: STATED }' },
    "demonstration/programmes.yaml:1 source: 'crafts-page' is a real source, and nothing made up may hang on it. Name one of the demonstration, or choose another name.",
  ],
  [
    'a real indicator',
    {
      'practices.yaml': entry(
        'slug: demo-x, title: X, language: en, measurements: [{ indicator: Visitors, unit: people, achieved: 1 }]',
      ),
    },
    "demonstration/practices.yaml:1 measurements.0.indicator: 'visitors' is a real indicator, and nothing made up may hang on it. Name one of the demonstration, or choose another name.",
  ],
  [
    'a claim about a real record',
    {
      'claims.yaml':
        '- { kind: Region, slug: ITI1, field: nameEnglish, values: [{ value: X, source: demo-page, confidence: STATED }] }',
    },
    "demonstration/claims.yaml:1 slug: 'ITI1' is a real region, and nothing made up may hang on it. Name one of the demonstration, or choose another name.",
  ],
  [
    'a session with a real practice',
    { 'events.yaml': entry('slug: demo-x, title: X, sessions: [{ practices: [fair] }]') },
    "demonstration/events.yaml:1 sessions.0.practices.0: 'fair' is a real good practice, and nothing made up may hang on it. Name one of the demonstration, or choose another name.",
  ],
  [
    'a real host',
    { 'events.yaml': entry('slug: demo-x, title: X, roles: [{ role: HOST, partner: town-hall }]') },
    "demonstration/events.yaml:1 roles.0.partner: 'town-hall' is a real partner, and nothing made up may hang on it. Name one of the demonstration, or choose another name.",
  ],
  [
    'a file of no kind',
    { 'practice.yml': '' },
    'demonstration/practice.yml:1: No seeds have this name. Choose one of sources.yaml, places.yaml, programmes.yaml, partners.yaml, projects.yaml, participations.yaml, themes.yaml, practices.yaml, policy-instruments.yaml, transfers.yaml, events.yaml, outputs.yaml, tasks.yaml, action-plans.yaml, claims.yaml.',
  ],
  [
    'a step that the workflow does not have',
    { 'practices.yaml': entry('slug: demo-x, title: X, summary: Y, language: en, workflow: [{ to: VALIDATED }]') },
    'demonstration/practices.yaml:1 workflow.0.to: The practice is DRAFT and cannot become VALIDATED. From there it goes to SUBMITTED.',
  ],
  [
    'a translation into its own language',
    { 'practices.yaml': entry('slug: demo-x, title: X, language: en, translations: { en: { title: Y } }') },
    "demonstration/practices.yaml:1 translations.en: The practice is in 'en' itself. Take this out, or correct one of the languages.",
  ],
  [
    'a transfer that skips its course',
    {
      'practices.yaml': entry('slug: demo-x, title: X, language: en'),
      'programmes.yaml': entry('slug: demo, name: X'),
      'projects.yaml': entry('slug: demo-x, acronym: X, title: X, programme: demo'),
      'transfers.yaml': entry(
        "slug: demo-x, practices: [demo-x], origins: [ITI1], destination: BG, project: demo-x, status: MAINSTREAMED, reportedOn: '2020-01-01', origin: REPORTED",
      ),
    },
    'demonstration/transfers.yaml:1 policyInstrument: It is missing. MAINSTREAMED needs the policy instrument that carries it, or funding that is said to last.',
  ],
])('a demonstration with %s is refused, and nothing is stored', async (_, made, fault) => {
  const error: unknown = await loadTiny(empty, { 'sources.yaml': source, ...made }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SeedError);
  expect(String(error).split('\n').slice(1)).toEqual([fault]);
  expect(await count(empty, 'change')).toBe(0);
});

test.each<[what: string, edits: Edits, fault: string]>([
  [
    'says that it is one',
    { 'programmes.yaml': [['confidence: STATED', 'confidence: STATED\n  origin: DEMONSTRATION']] },
    'programmes.yaml:8 origin: Only what stands in demonstration/ is made up. Move it there.',
  ],
  [
    'was in the workflow, as others report',
    { 'practices.yaml': [['title: School', 'title: School\n  workflow: []']] },
    'practices.yaml:25 workflow: Others report this practice: it never was in the workflow. Take it out, or correct the origin.',
  ],
])('a real record that %s is refused', async (_, edits, fault) => {
  const error: unknown = await loadTiny(empty, { 'sources.yaml': source }, edits).catch((thrown: unknown) => thrown);
  expect(String(error).split('\n').slice(1)).toEqual([fault]);
});

test('SEED=demo without its folder is refused', async () => {
  const error: unknown = await loadDemo(empty, await writeSeeds()).catch((thrown: unknown) => thrown);
  expect(String(error).split('\n').slice(1)).toEqual([
    'demonstration:1: There is nothing to load. Put the folder back.',
  ]);
});

test('the folder gives the origin, whatever an entry says, to parts, indicators and sources too; few kinds will do', async () => {
  const tiny = await aDatabase();
  const files = await loadTiny(tiny, {
    'sources.yaml': source,
    'practices.yaml': entry(
      'slug: demo-x, title: X, language: en, origin: ENTERED, measurements: [{ indicator: Made up, unit: people, achieved: 1, source: https://other.example/ }]',
    ),
  });
  expect(files.slice(-2).map(({ file }) => file)).toEqual([
    'demonstration/sources.yaml',
    'demonstration/practices.yaml',
  ]);
  const selects = Object.values(records).map(({ table }) => `select '${table}' as table, origin from ${table}`);
  const madeUp = await execute<{ table: string }>(
    tiny,
    `select * from (${selects.join(' union all ')}) r where origin = 'DEMONSTRATION'`,
  );
  expect(madeUp.map(({ table }) => table).toSorted()).toEqual([
    'good_practice',
    'indicator',
    'measurement',
    'source',
    'source',
  ]);
  // What is real may not take it over later, as real as it says it is.
  const later = loadTiny(
    tiny,
    { 'sources.yaml': source },
    { 'practices.yaml': [['slug: school', 'slug: demo-x']], 'transfers.yaml': null },
  );
  await expect(later).rejects.toThrow(
    "practices.yaml:23 slug: 'demo-x' is a made-up good practice of the demonstration. Name a real one, or choose another name.",
  );
});
