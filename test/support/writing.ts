import type { Viewer } from '../../src/graph/context.js';
import { execute, type TestDatabase } from './database.js';
import type { aGraph } from './graph.js';

export const editorOf = (partnerId: string, accountId = `acc-${partnerId.slice(-6)}`): Viewer => ({
  role: 'PARTNER',
  partnerId,
  accountId,
});
export const reviewer: Viewer = { role: 'REVIEWER', partnerId: null, accountId: 'acc-reviewer' };
export const admin: Viewer = { role: 'ADMIN', partnerId: null, accountId: 'acc-admin' };

export type Graph = Awaited<ReturnType<typeof aGraph>>;

/** The payload of a mutation that takes one `input`; `asked` is what is wanted of the record. */
export async function send(graph: Graph, viewer: Viewer, mutation: string, input: object, asked = 'id version') {
  const type = `${mutation.replace(/^./, (letter) => letter.toUpperCase())}Input`;
  const record = mutation.replace(/[A-Z][a-z]+$/, '').replace(/(Request|Contact)$/, '');
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) {
    ${record} { ${asked} } userErrors { field code message } currentVersion conflictingFields } }`;
  const { data, errors, statements } = await graph.run(document, { input }, viewer);
  return { ...data?.[mutation], record: data?.[mutation]?.[record], errors, statements };
}

/** How many rows each table that a mutation may write holds, and how many changes there were. */
export async function countsIn(database: TestDatabase): Promise<Record<string, number>> {
  const tables = await execute<{ name: string }>(
    database,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const selects = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from "${name}"`);
  const rows = await execute<{ name: string; count: number }>(database, selects.join(' union all '));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** Asserts nothing by itself: what a piece of work left changed, by table. */
export async function changedBy(database: TestDatabase, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await countsIn(database);
  await work();
  const after = await countsIn(database);
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, count]) =>
      count === before[name] ? [] : [[name, count - (before[name] ?? 0)]],
    ),
  );
}
