import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { seedDatabase, SeedError } from '../../src/cli/seed.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { execute, type TestDatabase } from '../support/database.js';

/** A small complete set of seed files: one entry of each kind, two where they can name each other. */
const tinySeeds = {
  'sources.yaml': `
- slug: crafts-page
  url: https://example.org/crafts
  title: Crafts
  kind: PAGE
- { slug: nuts-2024, title: Regions }
- { slug: nuts-2010-to-2024, title: Regions of 2010 }
- { slug: nuts-2021-to-2024, title: Regions of 2021 }
`,
  'regions/nuts-2024.tsv':
    'code\tnameLocal\tnameLatin\nBG\tБългария\tBulgaria\nIT\tItalia\t\nITI\tCentro (IT)\t\nITI1\tToscana\nITI14\tFirenze\n',
  'regions/countries.yaml': `
- { code: BG, iso: BG, scheme: NUTS, group: EU, nameEnglish: Bulgaria }
- { code: IT, iso: IT, scheme: NUTS, group: EU, nameEnglish: Italy }
`,
  'regions/english.yaml': `
ITI1: Tuscany
`,
  'regions/nuts-2010-to-2024.tsv':
    'from\tto\tarea\tpopulation\nIT\tIT\t1\t1\nITE\tITI\t1\t1\nITE1\tITI1\t1\t1\nITE14\tITI14\t0.9542\t0.9751\n',
  'regions/nuts-2021-to-2024.tsv':
    'from\tto\tarea\tpopulation\nIT\tIT\t1\t1\nITI\tITI\t1\t1\nITI1\tITI1\t1\t1\nITI14\tITI14\t1\n',
  'places.yaml': `
- slug: museum
  name: Museum
  kind: VENUE
  parent: florence
  region: ITI14
  source: https://example.org/museum
  confidence: DERIVED
- slug: florence
  name: Florence
  nameLocal: Firenze
  kind: CITY
  region: ITI14
  source: https://example.org/florence
  confidence: STATED
`,
  'programmes.yaml': `
- slug: interreg
  name: Interreg
  startYear: 2007
  endYear: 2013
  budget: { amount: 359000000, currency: EUR }
  source: https://example.org/interreg
  confidence: STATED
`,
  'partners.yaml': `
- slug: town-hall
  nameOriginal: Comune
  nameOriginalLanguage: it
  formerNames: [Podestà, Signoria]
  type: LOCAL_PUBLIC_AUTHORITY
  place: florence
  region: ITI14
  source: https://example.org/town-hall
  confidence: STATED
- slug: craft-centre
  nameOriginal: Craft Centre
  source: https://example.org/craft-centre
  confidence: STATED
`,
  'projects.yaml': `
- slug: crafts
  acronym: CRAFTS
  title: Crafts
  reference: 1019R4
  programme: interreg
  startDate: '2012-05'
  endDate: '2014-12-31'
  budget: { amount: 20.5, currency: EUR }
  themes: [design, sales]
  source: https://example.org/crafts
  confidence: STATED
`,
  'participations.yaml': `
- project: crafts
  partner: town-hall
  role: PARTNER
  order: 1
  regionCodeAtTheTime: ITE14
  replacedBy: craft-centre
  source: https://example.org/crafts
  confidence: STATED
- project: crafts
  partner: craft-centre
  role: PARTNER
  source: https://example.org/crafts
  confidence: STATED
`,
  'themes.yaml': `
- slug: design
  scheme: CRAFTS
  notation: T1
  label: Design
  source: https://example.org/crafts
  confidence: STATED
- slug: sales
  scheme: CRAFTS
  notation: T2
  label: Sales
  source: https://example.org/crafts
  confidence: STATED
`,
  'practices.yaml': `
- slug: fair
  title: Fair
  summary: A fair.
  owner: town-hall
  regions: [ITI14, BG]
  places: [florence]
  themes: [sales, design]
  identifiedIn: crafts
  start: '2005'
  ongoing: true
  ongoingAsOf: '2014-03'
  cost: { amount: 20000, currency: EUR, basis: one year }
  measurements:
    - { indicator: Visitors, unit: people, achieved: 325, qualifier: ABOUT, on: '2012' }
    - indicator: Stalls
      unit: stalls
      baseline: 12.5
      target: 20
      source: https://example.org/stalls
  language: it
  source: https://example.org/fair
  confidence: DERIVED
- slug: school
  title: School
  language: en
  source: https://example.org/school
  confidence: STATED
`,
  'policy-instruments.yaml': `
- slug: fund
  name: Fund
  region: BG
  responsible: craft-centre
  source: https://example.org/fund
  confidence: STATED
`,
  'transfers.yaml': `
- slug: fair-to-bulgaria
  practices: [fair, school]
  origins: [ITI1]
  destination: BG
  receiver: craft-centre
  project: crafts
  status: PLANNED
  reportedOn: '2023-04-27'
  origin: REPORTED
  source: https://example.org/transfer
  confidence: STATED
`,
  'claims.yaml': `
- kind: Project
  slug: crafts
  field: budget
  values:
    - value: { amount: 20.5, currency: EUR }
      source: crafts-page
      confidence: STATED
      selected: true
    - value: 21 euros or so
      source: https://example.org/press
      confidence: DISPUTED
`,
  'events.yaml': `
- slug: seminar
  title: Seminar
  types: [SEMINAR, STUDY_VISIT]
  project: crafts
  start: '2012-11-21'
  end: '2012-11-22'
  city: florence
  themes: [design]
  participantCountries: [IT, BG]
  roles:
    - { role: HOST, partner: town-hall }
    - { role: EXPERT, label: experts }
  sessions:
    - day: '2012-11-21'
      types: [WELCOME]
      venue: museum
      roles:
        - { role: WELCOME, partner: town-hall }
    - day: '2012-11-22'
      types: [STUDY_VISIT]
      visited: museum
      practices: [fair]
  source: https://example.org/seminar
  confidence: STATED
`,
  'outputs.yaml': `
- slug: guide
  title: Guide
  type: GUIDE
  project: crafts
  responsible: town-hall
  published: '2012-12'
  updates:
    - { on: '2012-11-21', event: seminar, status: FIRST_VERSION }
  source: https://example.org/guide
  confidence: STATED
- slug: platform
  title: Platform
  type: TRAINING_PLATFORM
  uses: [guide]
  source: https://example.org/platform
  confidence: STATED
`,
  'tasks.yaml': `
- slug: report
  title: Report
  project: crafts
  assignee: town-hall
  kind: REPORTING
  reviewedAt: seminar
  source: https://example.org/seminar
  confidence: STATED
`,
  'action-plans.yaml': `
- slug: plan
  title: Plan
  project: crafts
  proposedBy: town-hall
  status: SUPPORTED
  statusOn: '2012-11-22'
  endorsedBy: [craft-centre]
  actions:
    - { title: Hold a fair, transfer: fair-to-bulgaria }
  source: https://example.org/seminar
  confidence: STATED
`,
};

type File = keyof typeof tinySeeds;

/** For each file what is replaced by what, each text to replace being there; or a whole new text, or no file at all. */
export type Edits = Partial<Record<File, [from: string, to: string][] | string | Buffer | null>>;

function edited(file: string, text: string, edit: Edits[File]): string | Buffer | null {
  if (!Array.isArray(edit)) return edit === undefined ? text : edit;
  return edit.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    return before.replace(from, () => to);
  }, text);
}

/** Writes the tiny seeds with these edits into a folder that is gone after the test; returns its path. */
export async function writeSeeds(edits: Edits = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seeds-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [file, text] of Object.entries(tinySeeds) as [File, string][]) {
    const content = edited(file, text.replace(/^\n/, ''), edits[file]);
    await mkdir(dirname(join(folder, file)), { recursive: true });
    if (content !== null) await writeFile(join(folder, file), content);
  }
  return folder;
}

/** Loads the seeds of a folder, or the real ones. */
export const load = (database: TestDatabase, directory?: string) =>
  seedDatabase({ em: database.em(), subgraphs, ...(directory && { directory }) });

/** The number of rows in a table, or in what follows `from`. */
export async function count(database: TestDatabase, rows: string): Promise<number> {
  const [found] = await execute<{ count: number }>(database, `select count(*)::int as count from ${rows}`);
  return found?.count ?? -1;
}

/** The lines of the refusal of these edits. The database must be as empty as before. */
export async function faultsOf(database: TestDatabase, edits: Edits): Promise<string[]> {
  const error: unknown = await load(database, await writeSeeds(edits)).catch((thrown: unknown) => thrown);
  if (!(error instanceof SeedError)) throw new Error('The seeds were not refused.', { cause: error });
  expect(await count(database, 'change')).toBe(0);
  const [headline, ...faults] = error.message.split('\n');
  expect(headline).toBe('The seeds cannot be loaded, and nothing of them was stored:');
  return faults;
}
