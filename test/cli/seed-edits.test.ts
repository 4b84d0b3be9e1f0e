import { expect, test } from 'vitest';
import { seedDatabase } from '../../src/cli/seed.js';
import { newId, seedId } from '../../src/graph/ids.js';
import type { Manifest } from '../../src/subgraphs/manifest.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase, execute, type TestDatabase } from '../support/database.js';
import { aMeasurement, anIndicator, aPartner, aPractice } from '../support/factories.js';
import { count, load, writeSeeds, type Edits } from './tiny-seeds.js';

/** The changes after the first `known`, as `ptn UPDATED`, sorted. */
async function changesAfter(database: TestDatabase, known: number): Promise<string[]> {
  const rows = await execute<{ change: string }>(
    database,
    `select split_part(record_id, '_', 1) || ' ' || kind as change from change where id > ${known} order by 1`,
  );
  return rows.map(({ change }) => change);
}

/** A database with the tiny seeds, and what is recorded when it is given the edited ones. */
async function changesBy(edits: Edits): Promise<{ database: TestDatabase; changed: string[] }> {
  const database = await aDatabase();
  await load(database, await writeSeeds());
  const known = await count(database, 'change');
  await load(database, await writeSeeds(edits));
  return { database, changed: await changesAfter(database, known) };
}

test('an edit changes the record that it is about, and no other', async () => {
  const { database, changed } = await changesBy({
    'partners.yaml': [['nameOriginal: Comune', 'nameOriginal: Comune di Firenze']],
  });
  expect(changed).toEqual(['ptn UPDATED']);
  expect(await execute(database, `select name_original, version from partner where slug = 'town-hall'`)).toEqual([
    { name_original: 'Comune di Firenze', version: 2 },
  ]);
});

test('an edit clears what an entry no longer says', async () => {
  const { database, changed } = await changesBy({
    'partners.yaml': [
      ['  type: LOCAL_PUBLIC_AUTHORITY\n', ''],
      ['  place: florence\n', ''],
      ['  formerNames: [Podestà, Signoria]\n', ''],
    ],
    'projects.yaml': [["  startDate: '2012-05'\n", '']],
  });
  expect(changed).toEqual(['prj UPDATED', 'ptn UPDATED']);
  expect(await execute(database, `select type, place_id, former_names from partner where slug = 'town-hall'`)).toEqual([
    { type: null, place_id: null, former_names: [] },
  ]);
  expect(await execute(database, 'select start_date, start_date_precision from project')).toEqual([
    { start_date: null, start_date_precision: null },
  ]);
});

test('an edit changes the names of one region alone', async () => {
  const { database, changed } = await changesBy({ 'regions/english.yaml': [['Tuscany', 'Toscana']] });
  expect(changed).toEqual(['rgn UPDATED']);
  expect(
    await execute(database, `select name_english from region where code = 'ITI1' and code_version = 2024`),
  ).toEqual([{ name_english: 'Toscana' }]);
});

test('an edit that takes an entry out leaves its record alone', async () => {
  const { database, changed } = await changesBy({
    'regions/nuts-2024.tsv': [['ITI14\tFirenze\n', 'ITI15\tPrato\n']],
    'places.yaml': [
      ['slug: museum', 'slug: library'],
      ['region: ITI14', 'region: ITI15'],
      ['region: ITI14', 'region: ITI15'],
    ],
  });
  // The event has the region of its city.
  expect(changed).toEqual(['evt UPDATED', 'plc CREATED', 'plc UPDATED', 'rgn CREATED']);
  expect(await execute(database, 'select slug from place order by slug')).toEqual([
    { slug: 'florence' },
    { slug: 'library' },
    { slug: 'museum' },
  ]);
});

test('edges keep to the order of the entry, and lose what it no longer names', async () => {
  const { database, changed } = await changesBy({
    'practices.yaml': [
      ['themes: [sales, design]', 'themes: [design, sales]'],
      ['[ITI14, BG]', '[BG]'],
    ],
    'projects.yaml': [['themes: [design, sales]', 'themes: []']],
    'transfers.yaml': [['origins: [ITI1]', 'origins: [ITI1, IT]']],
  });
  expect(changed).toEqual(['gp UPDATED', 'prj UPDATED', 'trf UPDATED']);
  const themes = await execute(
    database,
    'select h.slug, e.position from good_practice_theme e join theme h on h.id = e.theme_id order by 2',
  );
  expect(themes).toEqual([
    { slug: 'design', position: 0 },
    { slug: 'sales', position: 1 },
  ]);
  expect(
    await execute(database, 'select r.code from good_practice_region e join region r on r.id = e.region_id'),
  ).toEqual([{ code: 'BG' }]);
  expect(await count(database, 'project_theme')).toBe(0);
  const origins = await execute(
    database,
    'select r.code from transfer_origin e join region r on r.id = e.region_id order by position',
  );
  expect(origins).toEqual([{ code: 'ITI1' }, { code: 'IT' }]);
});

test('a figure that is put before the others renames none of them', async () => {
  const figures = 'select id, achieved from measurement order by position';
  const list = (first: string): Edits => ({
    'practices.yaml': [['    - indicator: Stalls\n', `${first}    - indicator: Stalls\n`]],
  });
  const again = '    - { indicator: visitors, unit: people, achieved: 400 }\n';
  const halls = '    - { indicator: Halls, unit: halls, achieved: 2 }\n';
  const { database, changed } = await changesBy(list(again));
  expect(changed).toEqual(['gp UPDATED', 'mea CREATED', 'mea UPDATED']);
  const before = await execute<{ id: string }>(database, figures);
  expect(before).toEqual([
    { id: seedId('mea', 'fair/visitors/0'), achieved: '325' },
    { id: seedId('mea', 'fair/visitors/1'), achieved: '400' },
    { id: seedId('mea', 'fair/stalls/0'), achieved: null },
  ]);
  const edits = list(again);
  edits['practices.yaml'] = [
    ['  measurements:\n', `  measurements:\n${halls}`],
    ['    - indicator: Stalls\n', `${again}    - indicator: Stalls\n`],
  ];
  await load(database, await writeSeeds(edits));
  expect(await execute(database, figures)).toEqual([{ id: seedId('mea', 'fair/halls/0'), achieved: '2' }, ...before]);
});

test('a session, an update and an action that are put before others rename none of them', async () => {
  const database = await aDatabase();
  await load(database, await writeSeeds());
  const known = () =>
    execute<{ id: string }>(
      database,
      'select id from session union select id from event_role union select id from output_update union select id from action',
    );
  const before = await known();
  await load(
    database,
    await writeSeeds({
      'events.yaml': [['  sessions:\n', "  sessions:\n    - { day: '2012-11-21', types: [INFORMAL_SESSION] }\n"]],
      'outputs.yaml': [['  updates:\n', "  updates:\n    - { on: '2012-10-01', status: PLANNED }\n"]],
      'action-plans.yaml': [['  actions:\n', '  actions:\n    - { title: Look for a hall }\n']],
    }),
  );
  const after = await known();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after).toHaveLength(before.length + 3);
});

test('a session with a key keeps its id whatever else is corrected', async () => {
  const database = await aDatabase();
  const keyed = (entry: string): Edits => ({
    'events.yaml': [["    - day: '2012-11-22'\n      types: [STUDY_VISIT]\n", `    - key: museum\n      ${entry}\n`]],
  });
  const session = () => execute(database, 'select id, day::text from session order by position desc limit 1');
  await load(database, await writeSeeds(keyed("day: '2012-11-22'")));
  const [first] = await session();
  await load(database, await writeSeeds(keyed("day: '2012-11-21'")));
  expect(await session()).toEqual([{ id: first?.['id'], day: '2012-11-21' }]);
});

test('a measurement that is taken out is deleted', async () => {
  const { database, changed } = await changesBy({
    'practices.yaml': [
      ["    - { indicator: Visitors, unit: people, achieved: 325, qualifier: ABOUT, on: '2012' }\n", ''],
    ],
  });
  expect(changed).toEqual(['gp UPDATED', 'mea DELETED', 'mea UPDATED']);
  expect(await execute(database, 'select id, source_url, baseline, target, position from measurement')).toEqual([
    {
      id: seedId('mea', 'fair/stalls/0'),
      source_url: 'https://example.org/stalls',
      baseline: '12.5',
      target: '20',
      position: 0,
    },
  ]);
});

test('a unit is changed where no other practice measures in it', async () => {
  const { database, changed } = await changesBy({ 'practices.yaml': [['unit: people', 'unit: visitors']] });
  expect(changed).toEqual(['ind UPDATED']);
  expect(await execute(database, `select unit from indicator where slug = 'visitors'`)).toEqual([{ unit: 'visitors' }]);
});

test('a file may be without entries', async () => {
  const { changed } = await changesBy({ 'transfers.yaml': '[]\n' });
  expect(changed).toEqual([]);
});

test('a record that has the slug already is taken over with the id it has', async () => {
  const database = await aDatabase();
  const { id } = await aPartner(database, { slug: 'craft-centre' });
  await load(database, await writeSeeds());
  expect(await execute(database, `select id, name_original from partner where slug = 'craft-centre'`)).toEqual([
    { id, name_original: 'Craft Centre' },
  ]);
  expect(await execute(database, 'select receiver_id from transfer')).toEqual([{ receiver_id: id }]);
});

test('a participation that is there already is taken over with the id it has', async () => {
  const database = await aDatabase();
  await load(database, await writeSeeds());
  const id = newId('par');
  await execute(database, 'update participation set replaced_by_id = null');
  await execute(database, `update participation set id = '${id}' where position is null`);
  await load(database, await writeSeeds());
  expect(await execute(database, 'select replaced_by_id from participation where position = 1')).toEqual([
    { replaced_by_id: id },
  ]);
  expect(await count(database, 'participation')).toBe(2);
});

test('two processes may load at once', async () => {
  const database = await aDatabase();
  const directory = await writeSeeds();
  const [first] = subgraphs;
  // Without the regions, whose rows would make one wait for the other anyway.
  const seeds = (first?.seeds ?? []).filter(({ file }) => file === 'programmes.yaml');
  const once = () => seedDatabase({ em: database.em(), subgraphs: [{ ...(first as Manifest), seeds }], directory });
  await Promise.all([once(), once(), once()]);
  expect(await changesAfter(database, 0)).toEqual(['prg CREATED', 'src CREATED']);
});

test('a unit that a practice beside the file measures in holds for the file', async () => {
  const database = await aDatabase();
  const { id: indicator_id } = await anIndicator(database, { slug: 'visitors', name: 'Visitors', unit: 'groups' });
  const { id: practice_id } = await aPractice(database);
  await aMeasurement(database, { indicator_id, practice_id });
  await expect(load(database, await writeSeeds())).rejects.toThrow(
    "practices.yaml:14 measurements.0.unit: 'Visitors' is measured in groups elsewhere. Use that unit, or give the indicator a name of its own.",
  );
});
