import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anonymous, type Run } from '../../../../../src/graph/context.js';
import { Columns, type News } from '../../../../../src/subgraphs/discovery/search/postgresql/columns.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { aDatabase } from '../../../../support/database.js';
import { aDocument, inBatches } from '../documents.js';

async function anIndex() {
  const database = await aDatabase();
  const engine = postgresqlEngine(database);
  await engine.rebuild(inBatches([]));
  const run = database.readAs(anonymous);
  const news = async (columns: Columns): Promise<News> => {
    const [row] = await run(sql<News>`select * from ${columns.news()} n`);
    return row as News;
  };
  return { engine, run, news };
}

const valuesIn = (columns: Columns): string[][] =>
  [...columns.of.type.keys()]
    .filter((id) => columns.of.type[id] !== 0)
    .map((id) => columns.sets.valuesOf(columns.of.country[id] as number));

const of = (...country: string[]) => ({ facets: { country } });
const ids = (row: News) => (row.document?.length ?? 0) / 4;

test('reads what was written since it last read, and no more', async () => {
  const { engine, run, news } = await anIndex();
  const columns = new Columns();
  const [lace, loom] = [aDocument('Lace', of('IT')), aDocument('Loom', of('AT', 'DE'))];
  await engine.upsert([lace, loom]);
  await columns.read(run);
  expect(valuesIn(columns)).toEqual([['IT'], ['AT', 'DE']]);
  expect(ids(await news(columns))).toBe(0);
  await engine.upsert([aDocument('Lace', { id: lace.id, ...of('HR') }), loom]);
  const edited = await news(columns);
  expect(ids(edited)).toBe(1);
  expect(columns.take(edited)).toBe(true);
  expect(valuesIn(columns)).toEqual([['HR'], ['AT', 'DE']]);
  await engine.remove([lace.id]);
  expect(columns.take(await news(columns))).toBe(true);
  expect(valuesIn(columns)).toEqual([['AT', 'DE']]);
});

test('what was read earlier and comes later takes nothing back', async () => {
  const { engine, run, news } = await anIndex();
  const columns = new Columns();
  const lace = aDocument('Lace', of('IT'));
  await engine.upsert([lace]);
  await columns.read(run);
  await engine.upsert([aDocument('Lace', { id: lace.id, ...of('HR') })]);
  const early = await news(columns);
  await engine.upsert([aDocument('Lace', { id: lace.id, ...of('SI') })]);
  const late = await news(columns);
  expect(columns.take(late)).toBe(true);
  expect(columns.take(early)).toBe(true);
  expect(valuesIn(columns)).toEqual([['SI']]);
  expect(ids(await news(columns))).toBe(0);
});

test('begins anew where another index has taken the place, whoever notices', async () => {
  const { engine, run, news } = await anIndex();
  const columns = new Columns();
  await engine.upsert([aDocument('Lace', of('IT')), aDocument('Loom', of('HR'))]);
  await columns.read(run);
  await engine.rebuild(inBatches([aDocument('Pot', of('AT'))]));
  // Two ask about the former index; the answer of the one tells nothing once the other has read the new one.
  const [one, other] = [await news(columns), await news(columns)];
  expect(columns.take(one)).toBe(false);
  await columns.read(run);
  expect(columns.take(other)).toBe(false);
  expect(valuesIn(columns)).toEqual([['AT']]);
});

test('reads many in pages, those of one write together', async () => {
  const { engine, run } = await anIndex();
  const batches = Array.from({ length: 5 }, (_, batch) =>
    Array.from({ length: 4 }, (__, at) => aDocument(`Lace ${batch} ${at}`, of('IT'))),
  );
  for (const batch of batches) await engine.upsert(batch);
  let statements = 0;
  const counting: Run = (query) => {
    statements += 1;
    return run(query);
  };
  const columns = new Columns(6);
  await Promise.all([columns.read(counting), columns.read(counting)]);
  expect(valuesIn(columns)).toHaveLength(20);
  // Two writes in each page, of the last one; whoever comes meanwhile asks what is new after that.
  expect(statements).toBe(3 + 1);
});

test('an edit keeps the id of a document, and takes none away from others', async () => {
  const { engine, run } = await anIndex();
  const lace = aDocument('Lace', of('IT'));
  for (const country of ['IT', 'HR', 'SI', 'AT'])
    await engine.upsert([aDocument('Lace', { id: lace.id, ...of(country) })]);
  await engine.upsert([aDocument('Loom')]);
  const rows = await run(sql<{ id: number }>`select id from goodgraph_search.document order by id`);
  expect(rows.map(({ id }) => id)).toEqual([1, 2]);
});
