import { beforeAll, expect, test } from 'vitest';
import { aDatabase, execute } from '../../support/database.js';
import { aPartner } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { expectMistakes, expectRefusal } from '../../support/refused.js';
import { engineOf, relayAll } from '../../support/search-upkeep.js';
import { admin, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
const engine = engineOf(database);
const address = 'planted.person@example.org';
const role = 'Planted office';
let own = '';
let other = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own', name_original: 'Werkstatt' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
});

/** The tables, of every schema, that hold a text anywhere; not in letters of another case. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await execute<{ name: string }>(
    database,
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' order by 1`,
  );
  const selects = tables.map(
    ({ name }) => `select '${name}' as name from ${name} t where strpos(lower(t::text), lower($1)) > 0`,
  );
  const rows = await execute<{ name: string }>(database, selects.join(' union all '), [text]);
  return [...new Set(rows.map((row) => row.name))].toSorted();
}
const version = async (id: string) =>
  (await execute<{ version: number }>(database, 'select version from partner where id = $1', [id]))[0]?.version ?? 0;
const update = async (input: object, viewer = editorOf(own)) =>
  send(graph, viewer, 'partnerUpdate', { id: own, expectedVersion: await version(own), ...input });
const erase = async (input: object = {}, viewer = editorOf(own), asked = 'version contacts { role email }') =>
  send(graph, viewer, 'partnerContactErase', { id: own, expectedVersion: await version(own), role, ...input }, asked);
const plant = async () => {
  const contacts = [
    { role: 'press', email: 'press@example.org' },
    { role, email: address, text: 'Ask at the door.' },
  ];
  expect((await update({ contacts, idempotencyKey: `planted ${await version(own)}` })).userErrors).toEqual([]);
};

test('an erased contact is in no table any more: not of records, of their histories, of the search, nor of keys', async () => {
  await plant();
  // Somebody wrote the address where it does not belong, and took it out again.
  await update({ sourceNote: `Ask ${address}.` });
  await update({ sourceNote: 'Ask the press office.' });
  await relayAll(database, engine);
  expect(await tablesWith('Werkstatt')).toContain('goodgraph_search.document');
  expect(await tablesWith(address)).toEqual(['partner_contact_email', 'revision']);
  expect(await tablesWith(role)).toEqual(['partner_contact']);

  const before = await version(own);
  const { record, userErrors, errors } = await erase();
  expect([errors, userErrors]).toEqual([[], []]);
  expect(record).toEqual({ version: before + 1, contacts: [{ role: 'press', email: 'press@example.org' }] });
  for (const text of [address, role, 'Ask at the door']) expect(await tablesWith(text)).toEqual([]);
  await relayAll(database, engine);
  for (const text of [address, role, 'Ask at the door']) expect(await tablesWith(text)).toEqual([]);
  const { data } = await graph.run(
    '{ partner(slug: "own") { revisions(first: 100) { nodes { changes { field before after } } } } }',
    {},
    admin,
  );
  expect(JSON.stringify(data)).toContain('Ask [erased].');
});

test('a contact is erased once, under its key; what came after stays', async () => {
  await plant();
  const input = { id: own, expectedVersion: await version(own), role, idempotencyKey: 'erased' };
  expect((await erase(input)).userErrors).toEqual([]);
  const after = await version(own);
  expect(await erase(input)).toMatchObject({ record: { version: after }, userErrors: [] });
  await expectMistakes(database, () => erase(), [
    'role',
    'NOT_FOUND',
    'No contact of this organisation has this role. Write it as `contacts` has it.',
  ]);
});

test('contacts are erased by their organisation and by admins alone', async () => {
  await plant();
  const nobody = { role: 'ANONYMOUS', partnerId: null, accountId: null } as never;
  await expectRefusal(database, () => erase({}, editorOf(other)), 'FORBIDDEN');
  await expectRefusal(database, () => erase({}, reviewer), 'FORBIDDEN');
  await expectRefusal(database, () => erase({}, nobody, 'id'), 'UNAUTHENTICATED');
  await expectMistakes(database, () => erase({ expectedVersion: 1 }), [
    'expectedVersion',
    'VERSION_CONFLICT',
    expect.stringContaining('not 1.'),
  ]);
  expect(await tablesWith(address)).toEqual(['partner_contact_email']);
  expect((await erase({}, admin, 'contacts { role }')).record).toEqual({ contacts: [{ role: 'press' }] });
});
