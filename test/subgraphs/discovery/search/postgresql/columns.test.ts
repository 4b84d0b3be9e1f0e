import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anonymous, type Run } from '../../../../../src/graph/context.js';
import { Columns } from '../../../../../src/subgraphs/discovery/search/postgresql/columns.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { aDatabase } from '../../../../support/database.js';
import { titles } from '../contract.documents.js';
import { aDocument, inBatches, requestOf } from '../documents.js';

async function anIndex() {
  const database = await aDatabase();
  const engine = postgresqlEngine(database);
  await engine.rebuild(inBatches([]));
  const seen = { statements: 0, documents: 0 };
  const run: Run = async (query) => {
    const rows = await database.readAs(anonymous)(query);
    seen.statements += 1;
    for (const { document } of rows as { document?: Buffer | null }[]) seen.documents += (document?.length ?? 0) / 4;
    return rows;
  };
  /** Reads, and tells how many statements it took, and how many documents these brought. */
  const read = async (...all: Columns[]) => {
    Object.assign(seen, { statements: 0, documents: 0 });
    await Promise.all(all.map((columns) => columns.read(run)));
    return { ...seen };
  };
  return { database, engine, run, read };
}

const valuesIn = (columns: Columns): string[][] =>
  [...columns.of.type.keys()]
    .filter((id) => columns.of.type[id] !== 0)
    .map((id) => columns.sets.valuesOf(columns.of.country[id] as number));

const of = (...country: string[]) => ({ facets: { country } });

test('reads what was written since it last read, and no more', async () => {
  const { engine, read } = await anIndex();
  const columns = new Columns();
  const [lace, loom] = [aDocument('Lace', of('IT')), aDocument('Loom', of('AT', 'DE'))];
  await engine.upsert([lace, loom]);
  expect(await read(columns)).toEqual({ statements: 1, documents: 2 });
  expect(valuesIn(columns)).toEqual([['IT'], ['AT', 'DE']]);
  expect(await read(columns)).toEqual({ statements: 1, documents: 0 });
  await engine.upsert([aDocument('Lace', { id: lace.id, ...of('HR') }), loom]);
  expect(await read(columns)).toEqual({ statements: 1, documents: 1 });
  expect(valuesIn(columns)).toEqual([['HR'], ['AT', 'DE']]);
  await engine.remove([lace.id]);
  await read(columns);
  expect(valuesIn(columns)).toEqual([['AT', 'DE']]);
});

test('follows what a statement saw of the index, and asks nothing where that is known', async () => {
  const { database, engine, run, read } = await anIndex();
  const columns = new Columns();
  await engine.upsert([aDocument('Lace', of('IT'))]);
  await read(columns);
  const [state] = await run(sql<NonNullable<Columns['state']>>`select * from goodgraph_search.index_state`);
  const refusing: Run = () => Promise.reject(new Error('asked'));
  await columns.follow(refusing, state as NonNullable<Columns['state']>);
  await postgresqlEngine(database).upsert([aDocument('Loom', of('HR'))]);
  const later = { ...(state as NonNullable<Columns['state']>), version: (state?.version ?? 0) + 1 };
  await expect(columns.follow(refusing, later)).rejects.toThrow('asked');
  await columns.follow(run, later);
  expect(valuesIn(columns)).toEqual([['IT'], ['HR']]);
});

test('begins anew where another index has taken the place', async () => {
  const { engine, read } = await anIndex();
  const columns = new Columns();
  await engine.upsert([aDocument('Lace', of('IT')), aDocument('Loom', of('HR'))]);
  await engine.upsert([aDocument('Clay', of('SI'))]);
  await read(columns);
  await engine.rebuild(inBatches([aDocument('Pot', of('AT'))]));
  await read(columns);
  expect(valuesIn(columns)).toEqual([['AT']]);
});

test('a search in one process counts what another has just written', async () => {
  const { database, engine } = await anIndex();
  const other = postgresqlEngine(database);
  const facets = [{ name: 'country' as const, limit: 9 }];
  await engine.upsert([aDocument('Lace', of('IT'))]);
  expect((await other.search(requestOf('lace', { facets }))).total).toBe(1);
  await engine.upsert([aDocument('Laces', of('IT'))]);
  const answer = await other.search(requestOf('lace', { facets }));
  expect(titles(answer).toSorted()).toEqual(['Lace', 'Laces']);
  expect(answer.facets.country).toEqual([{ value: 'IT', count: 2 }]);
});

test('reads many in pages, those of one write together; of two who come at once one reads them', async () => {
  const { engine, read } = await anIndex();
  const batches = Array.from({ length: 5 }, (_, batch) =>
    Array.from({ length: 4 }, (__, at) => aDocument(`Lace ${batch} ${at}`, of('IT'))),
  );
  // oxlint-disable-next-line no-await-in-loop -- one write after the other
  for (const batch of batches) await engine.upsert(batch);
  const columns = new Columns(6);
  // Two writes in each of two pages, one in the last; then nothing for who comes second.
  expect(await read(columns, columns)).toEqual({ statements: 3 + 1, documents: 20 });
  expect(valuesIn(columns)).toHaveLength(20);
});

test('an edit keeps the id of a document, and takes none away from others', async () => {
  const { engine, run } = await anIndex();
  const lace = aDocument('Lace', of('IT'));
  for (const country of ['IT', 'HR', 'SI', 'AT'])
    // oxlint-disable-next-line no-await-in-loop
    await engine.upsert([aDocument('Lace', { id: lace.id, ...of(country) })]);
  await engine.upsert([aDocument('Loom')]);
  const rows = await run(sql<{ id: number }>`select id from goodgraph_search.document order by id`);
  expect(rows.map(({ id }) => id)).toEqual([1, 2]);
});

test('a process that has asked how the index is has read it: its first search takes a statement less', async () => {
  const { database, engine } = await anIndex();
  await engine.upsert([aDocument('Lace')]);
  const statementsOfFirst = async (before: (fresh: typeof engine) => Promise<unknown>) => {
    let statements = 0;
    const fresh = postgresqlEngine({
      em: () => database.em(),
      readAs: (...reader) => {
        const run = database.readAs(...reader);
        return (query) => {
          statements += 1;
          return run(query);
        };
      },
    });
    await before(fresh);
    statements = 0;
    expect((await fresh.search(requestOf('lace'))).total).toBe(1);
    return statements;
  };
  const unread = await statementsOfFirst(async () => {});
  expect(await statementsOfFirst((fresh) => fresh.health())).toBe(unread - 1);
});
