import { beforeAll, expect, test } from 'vitest';
import type { Fields } from '../../src/graph/fields.js';
import type { Where } from '../../src/graph/filter.js';
import { writeCursor } from '../../src/graph/cursor.js';
import { aDatabase, execute } from './database.js';
import { fill } from './many-rows.js';
import { casesOf, declarations, workOfList } from './plans.js';

/**
 * Lists that are asked for by themselves; participations and revisions hang below a record and are as long as it makes them,
 * searches are answered by their engines.
 */
const lists = Object.entries(await declarations()).filter(
  ([type]) => !['Participation', 'Revision', 'Search'].includes(type),
);
/** Rows that a page may look at. */
const few = 10_000;
/** Below this share of a list an index finds faster than a look at every row. */
const rare = 0.01;
/** Above this share a page is full soon, whatever the order. */
const common = 0.2;

/**
 * Tests of how every filter and every order of every list is answered, with `rows` practices, transfers and events, and
 * two fifths of that in the other big lists.
 */
export async function describeListPlans(rows: number): Promise<void> {
  const database = await aDatabase('seeded');
  const sizes = new Map<string, number>();

  beforeAll(async () => {
    await fill(database, rows);
    const tables = await execute<{ name: string; rows: number }>(
      database,
      `select relname as name, reltuples::int as rows from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    for (const { name, rows: count } of tables) sizes.set(name, count);
  }, 600_000);

  const isBig = (table: string) => (sizes.get(table) ?? 0) >= 10_000;

  const orders = lists.flatMap(([type, fields]) =>
    Object.keys(fields.orders ?? {}).map((order): [string, string, Fields] => [type, order, fields]),
  );

  test.each(orders)(
    '%s by %s: a page is read from an index, at the start of the list and deep in it',
    async (_type, order, fields) => {
      const first = await workOfList(database, fields, 'nodes', { orderBy: order });
      const by = fields.orders?.[order]?.by ?? [];
      const values = [...by, 't.id'].map((each) => `(${each})::text`).join(', ');
      const direction = fields.orders?.[order]?.descending ? 'desc' : 'asc';
      const [middle] = await execute<{ place: string[] }>(
        database,
        `select array[${values}] as place from ${fields.table} t where publication_status = 'PUBLISHED'
       order by ${[...by, 't.id'].map((each) => `${each} ${direction}`).join(', ')} offset ${Math.floor((sizes.get(fields.table) ?? 0) / 2)} limit 1`,
      );
      const after = writeCursor({ order, values: middle?.place ?? [] });
      const deep = await workOfList(database, fields, 'nodes', { orderBy: order, after });
      for (const page of [first, deep]) {
        expect(page.whole.filter(isBig)).toEqual([]);
        expect(isBig(fields.table) ? page.sorted : 0).toBeLessThan(100);
        expect(page.touched).toBeLessThan(few);
      }
    },
  );

  const filters = lists.flatMap(([type, fields]) =>
    Object.keys(fields.filters ?? {}).map((name): [string, string, Fields] => [type, name, fields]),
  );

  /** What is wrong with how a condition is answered; nothing for one that matches some hundredths, which may be read whole. */
  async function faultsOf(fields: Fields, where: Where): Promise<string[]> {
    const page = await workOfList(database, fields, 'nodes', { where });
    const count = await workOfList(database, fields, 'totalCount', { where });
    const size = sizes.get(fields.table) ?? 0;
    const share = count.rows / Math.max(1, size);
    if (share >= rare && share <= common) return [];
    // Of keys beyond the commonest PostgreSQL knows an average alone, and may walk a part of the list for the rarest.
    const bound = share < rare ? Math.max(few, size / 2) : few;
    const whole = [...page.whole, ...(share < rare ? count.whole : [])].filter(isBig);
    const told = `${JSON.stringify(where)}, ${count.rows} rows:`;
    return [
      ...whole.map((table) => `${told} reads ${table} whole`),
      ...(page.touched > bound ? [`${told} a page looks at ${page.touched} rows`] : []),
    ];
  }

  test.each(filters)(
    '%s where %s: rare values are found by an index, common ones in the order of the list',
    async (_type, name, fields) => {
      const faults: string[] = [];
      for (const where of Object.values(await casesOf(database, fields, name))) {
        if ((await faultsOf(fields, where)).length === 0) continue;
        // PostgreSQL judges by a random sample: what one misjudges by chance, another does not.
        await execute(database, 'analyze');
        faults.push(...(await faultsOf(fields, where)));
      }
      expect(faults).toEqual([]);
    },
  );
}
