import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anonymous } from '../../src/graph/context.js';
import { aDatabase } from '../support/database.js';
import { aPartner, aPractice, aRegion, aTransfer, link } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database, { isCompiled: false });
const owner = await aPartner(database, { slug: 'owner' });
const practice = await aPractice(database, { slug: 'practice', owner_id: owner.id });
const transfer = await aTransfer(database, { destination_id: (await aRegion(database, 'XX')).id });
await link(database, 'transfer_practice', { transfer_id: transfer.id, practice_id: practice.id });

/** What a connection has prepared. Statements one after the other use one connection. */
const prepared = () =>
  database.readAs(anonymous)(
    sql<{ statement: string; executions: number }>`select statement, (generic_plans + custom_plans)::int as executions
      from pg_prepared_statements where name <> '' order by prepare_time`,
  );

test('lookups by keys and first pages below a parent are prepared once, and run again with other keys', async () => {
  const query = `query ($slug: String!) { goodPractice(slug: $slug) { transfers { nodes { destination { code } } } } }`;
  const { data, statements } = await graph.run(query, { slug: 'practice' });
  expect(data['goodPractice']).toEqual({ transfers: { nodes: [{ destination: { code: 'XX' } }] } });
  const { errors } = await graph.run(query, { slug: 'another' });
  expect(errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const found = await prepared();
  expect(found.map(({ statement }) => statement).toSorted()).toEqual(statements.toSorted());
  expect(found.map(({ statement }) => statement).every((text) => text.startsWith('/* keyed */ select'))).toBe(true);
  expect(found.map(({ executions }) => executions).toSorted()).toEqual([1, 1, 2]);
});

test('what depends on other values is planned each time', async () => {
  const before = await prepared();
  await graph.run(`{ goodPractices(first: 1) { nodes { slug } } }`);
  await graph.run(`{ goodPractices(where: { title: { contains: "x" } }) { totalCount } }`);
  const below = await graph.run(
    `{ partner(slug: "owner") { goodPractices(where: { maturity: { eq: PILOT } }) { totalCount } } }`,
  );
  expect(below.errors).toEqual([]);
  const added = (await prepared()).slice(before.length);
  expect(added.map(({ statement }) => statement.replaceAll(/\s+/g, ' ').slice(-60))).toEqual([
    expect.stringContaining(`"t"."slug" = any($1::text[])`),
  ]);
});
