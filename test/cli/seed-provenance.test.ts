import { expect, test } from 'vitest';
import { seedId } from '../../src/graph/ids.js';
import { claimableFields, claimableTypes } from '../../src/subgraphs/provenance/claim.fields.js';
import { aDatabase, execute } from '../support/database.js';
import { count, faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const empty = await aDatabase();

const cases: Record<string, [edits: Edits, faults: string[]]> = {
  'a claim on a field that does not exist': [
    { 'claims.yaml': [['field: budget', 'field: budgets']] },
    ["claims.yaml:3 field: A Project has no field 'budgets'. Did you mean 'budget'?"],
  ],
  'a claim on how a record is kept': [
    { 'claims.yaml': [['field: budget', 'field: publicationStatus']] },
    [
      "claims.yaml:3 field: A Project has no field 'publicationStatus'. It has acronym, title, reference, programme, aim, objective, startDate, startDatePrecision, endDate, endDatePrecision, status, budget, euContribution, sectors, website, aliases, phase, targetGroups, contextTags, priority, interventionType, precededBy, websites, externalIds, coFunded, practicesSubmitted, practicesSelected, practicesTransferable, participations.",
    ],
  ],
  'a claim on an unknown record': [
    { 'claims.yaml': [['slug: crafts', 'slug: craft']] },
    ["claims.yaml:2 slug: No project has the slug 'craft'. Did you mean 'crafts'?"],
  ],
  'a claim on a kind that cannot be named': [
    { 'claims.yaml': [['kind: Project', 'kind: Measurement']] },
    [
      'claims.yaml:1 kind: "Measurement" is not a choice. Choose one of Region, Place, Programme, Project, Partner, GoodPractice, Theme, Indicator, Transfer, PolicyInstrument, Event, Output, Task, ActionPlan.',
    ],
  ],
  'two selected claims of one field': [
    { 'claims.yaml': [['confidence: DISPUTED', 'confidence: DISPUTED\n      selected: true']] },
    ['claims.yaml:4 values: Two of them are selected. The record can show one: leave the others unselected.'],
  ],
  'two entries about one field': [
    {
      'claims.yaml':
        '- { kind: Project, slug: crafts, field: title, values: [{ value: A, source: crafts-page, confidence: STATED }] }\n'.repeat(
          2,
        ),
    },
    [
      'claims.yaml:2 subject: An entry before this one has the same kind and slug and field and subject: Project, crafts, title, . Each may stand once.',
    ],
  ],
  'a claim without words': [
    { 'claims.yaml': [['value: 21 euros or so', 'value: 21']] },
    ['claims.yaml:9 values.1.value: Write text (numbers in quotes), or { amount: 1234.50, currency: EUR }.'],
  ],
  'a source that is not listed, wherever it is named': [
    {
      'claims.yaml': [['source: crafts-page', 'source: crafts-pages']],
    },
    ["claims.yaml:6 values.0.source: No source has the slug 'crafts-pages'. Did you mean 'crafts-page'?"],
  ],
  'a source that is not listed, of a record and of its part': [
    {
      'practices.yaml': [
        ['source: https://example.org/stalls', 'source: craft-page'],
        ['source: https://example.org/school', 'source: crafts-page\n  furtherSources: [craft-page]'],
      ],
    },
    [
      "practices.yaml:19 measurements.1.source: No source has the slug 'craft-page'. Did you mean 'crafts-page'?",
      "practices.yaml:27 furtherSources.0: No source has the slug 'craft-page'. Did you mean 'crafts-page'?",
    ],
  ],
  'two sources with one address': [
    {
      'sources.yaml': [
        ['  kind: PAGE\n', '  kind: PAGE\n- { slug: b, title: B, url: "https://example.org/crafts" }\n'],
      ],
    },
    ['sources.yaml:5 url: An entry before this one has the same url: https://example.org/crafts. Each may stand once.'],
  ],
  'a hash that is none': [
    { 'sources.yaml': [['  kind: PAGE\n', '  kind: PAGE\n  contentHash: abc\n']] },
    ['sources.yaml:5 contentHash: Write sha256: and 64 hexadecimal digits.'],
  ],
};

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(empty, edits)).toEqual(faults);
});

const linked = `select s.slug from record_source j join source s on s.id = j.source_id where j.record_id = $1 order by j.position`;

test('a slug and an address name the same source; further ones keep their order', async () => {
  const database = await aDatabase();
  const edits: Edits = {
    'practices.yaml': [
      ['source: https://example.org/school', 'source: crafts-page\n  furtherSources: [https://example.org/fair]'],
    ],
  };
  await load(database, await writeSeeds(edits));
  const fair = await execute<{ slug: string }>(database, linked, [seedId('gp', 'fair')]);
  const school = await execute(database, linked, [seedId('gp', 'school')]);
  expect(fair[0]?.slug).toMatch(/^example-org-[0-9a-z]{8}$/);
  expect(school).toEqual([{ slug: 'crafts-page' }, ...fair]);
  expect(await execute(database, linked, [seedId('prj', 'crafts')])).toEqual([{ slug: 'crafts-page' }]);
  const before = await count(database, 'change');
  await load(database, await writeSeeds(edits));
  expect(await count(database, 'change')).toBe(before);
});

test('a source that an address made is described later with the id it has', async () => {
  const database = await aDatabase();
  await load(database, await writeSeeds());
  const sources = await count(database, 'source');
  const [before] = await execute<{ id: string }>(
    database,
    `select id from source where url = 'https://example.org/fair'`,
  );
  await load(
    database,
    await writeSeeds({
      'sources.yaml': [
        ['  kind: PAGE\n', '  kind: PAGE\n- { slug: the-fair, title: Fair, url: https://example.org/fair }\n'],
      ],
    }),
  );
  expect(await execute(database, `select id, url from source where slug = 'the-fair'`)).toEqual([
    { id: before?.id, url: 'https://example.org/fair' },
  ]);
  expect(await count(database, 'source')).toBe(sources);
});

test('an edit changes which claim is selected, and deletes the one that is taken out', async () => {
  const database = await aDatabase();
  const selected = 'select value from claim where is_selected';
  await load(database, await writeSeeds());
  expect(await execute(database, selected)).toEqual([{ value: '20.50 EUR' }]);
  const other: Edits = {
    'claims.yaml': [
      ['      selected: true\n', ''],
      ['confidence: DISPUTED', 'confidence: DISPUTED\n      selected: true'],
    ],
  };
  await load(database, await writeSeeds(other));
  expect(await execute(database, selected)).toEqual([{ value: '21 euros or so' }]);
  await load(database, await writeSeeds());
  expect(await execute(database, selected)).toEqual([{ value: '20.50 EUR' }]);
  const one = '    - value: 21 euros or so\n      source: https://example.org/press\n      confidence: DISPUTED\n';
  await load(database, await writeSeeds({ 'claims.yaml': [[one, '']] }));
  expect(await execute(database, 'select value, is_selected from claim')).toEqual([
    { value: '20.50 EUR', is_selected: true },
  ]);
});

test('every kind that claims name has fields to claim', () => {
  expect(claimableTypes.filter((type) => claimableFields(type).length < 2)).toEqual([]);
});
