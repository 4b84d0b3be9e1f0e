import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/graph/context.js';
import type { Role } from '../../src/graph/decisions.js';
import { audiences } from '../../src/subgraphs/decisions.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { records } from '../../src/subgraphs/records.js';
import { decided } from '../../src/subgraphs/rights.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase, execute } from '../support/database.js';
import { aGraph, type Run } from '../support/graph.js';
import { valuesOf, type GraphValues } from '../support/graph-values.js';
import { callOf, waysIn, type Way } from '../support/ways.js';

const database = await aDatabase('demonstration');
const graph = await aGraph(database);
const { schema } = fusedGraph(subgraphs).executor;
let values: GraphValues = {};
let ways = new Map<string, Way[]>();
let partnerId = '';

const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type),
);

beforeAll(async () => {
  const [partner] = await execute<{ id: string }>(database, `select id from partner where slug = 'artex'`);
  partnerId = partner?.id ?? '';
  // What the demonstration has nothing of, or not in each record.
  for (const { table } of Object.values(records))
    await execute(database, `update ${table} set source_note = 'Checked.'`);
  for (const statement of [
    `insert into partner_contact select id, 99, 'press', 'Call.', null from partner`,
    `update partner set identifiers = '[{"scheme":"PIC","value":"1"}]', other_names = '[{"name":"A","kind":"ALIAS"}]'`,
    `update theme set alternative_labels = '[{"language":"en","labels":["A"]}]'`,
    `update project set external_ids = '[{"system":"keep.eu","id":"1"}]'`,
    `update good_practice set links = '[{"url":"https://example.org"}]', success_factors = 'People.', validation_level = 'EXPERT'`,
    `insert into good_practice_step (practice_id, position, from_status, to_status) select id, 0, 'DRAFT', 'SUBMITTED' from good_practice`,
  ])
    await execute(database, statement);
  const ask = async (query: string) => (await graph.run(query, {}, viewerAs('ADMIN'))).data;
  values = await valuesOf(schema, ask as never);
  // What is asked for by its id is what has parts.
  const ids = async (text: string) => (await execute<{ id: string }>(database, text)).map(({ id }) => id);
  values['Place'] = { id: await ids('select id from place') };
  for (const part of ['Action', 'EventRole', 'OutputUpdate', 'Session'] as const)
    values[part] = { id: await ids(`select id from ${records[part].table}`) };
  values['Transfer'] = { id: await ids('select transfer_id id from outcome') };
  ways = await waysIn(schema, values, ask);
}, 120_000);

const viewerAs = (role: Role): Viewer => ({ role, partnerId: role === 'PARTNER' ? partnerId : null, accountId: null });

/** Of which the office and an owner alone see rows: others get an empty list. */
const ofTheOffice = ['WorkflowStep'];

/** Whether everything on the way to a field, and the field, is for this role. */
const mayAsk = (role: Role, coordinates: readonly string[]) =>
  coordinates.every((coordinate) => decided.get(coordinate)?.includes(role));

const refusals = ({ errors }: Run) => errors.filter(({ message }) => / is for [A-Z, ]+\. /.test(message));

/** Each field of a type with something below it. */
const callsOf = (type: GraphQLObjectType) =>
  Object.values(type.getFields()).map((field) => ({
    coordinate: `${type.name}.${field.name}`,
    text: callOf(field, values, isCompositeType(getNamedType(field.type)) ? '__typename' : ''),
  }));

test('an object of every type is found, and every field of it is decided', () => {
  const found = types.filter(({ name }) => ways.has(name)).map(({ name }) => name);
  expect(types.map(({ name }) => name).filter((name) => !found.includes(name))).toEqual([]);
  expect(types.flatMap(callsOf).filter(({ coordinate }) => !decided.has(coordinate))).toEqual([]);
});

describe.each(audiences.anyone)('as %s', (role) => {
  test('every field is served that the table gives to this role', async () => {
    for (const type of types) {
      const [way] = ways.get(type.name) ?? [];
      if (!way || type === schema.getMutationType() || !mayAsk(role, way.through)) continue;
      const calls = callsOf(type).filter(({ coordinate }) => mayAsk(role, [coordinate]));
      const operation = way.operation(calls.map(({ text }) => text).join(' '));
      const run = await graph.run(operation, {}, viewerAs(role));
      // Whose the record is decides next: that is told of the row, and not of the field.
      const ofOthers = run.errors.filter(({ message }) => / is not yours to change: /.test(message));
      expect({ operation, errors: run.errors }).toEqual({ operation, errors: ofOthers });
      if (ofOthers.length > 0) continue;
      const answer = JSON.stringify(run.data);
      const isHidden = role !== 'ADMIN' && ofTheOffice.includes(type.name);
      const names = isHidden ? [] : calls.map(({ text }) => /^\w+/.exec(text)?.[0]);
      expect(names.filter((name) => !answer.includes(`"${name}":`))).toEqual([]);
    }
  }, 60_000);

  test('every other field is refused, by its name, before anything is read', async () => {
    const code = role === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    const closed = types.flatMap((type) =>
      (ways.get(type.name) ?? []).slice(0, 1).flatMap((way) =>
        callsOf(type)
          .filter(({ coordinate }) => !mayAsk(role, [...way.through, coordinate]))
          .map(({ coordinate, text }) => ({ way, coordinate, text })),
      ),
    );
    const isClosed = closed.some(({ coordinate }) => coordinate === 'PartnerContact.email');
    expect(isClosed).toBe(role === 'ANONYMOUS');
    for (const { way, coordinate, text } of closed) {
      const run = await graph.run(way.operation(text), {}, viewerAs(role));
      const told = refusals(run).map((error) => ({ code: error.code, of: /`(.*?)`/.exec(error.message)?.[1] }));
      const closedOnes = [...way.through, coordinate].filter((each) => !mayAsk(role, [each]));
      expect(told).toEqual(closedOnes.map((of) => ({ code, of })));
      expect([run.data, run.statements]).toEqual([null, []]);
    }
  }, 60_000);

  test('every mutation that the table gives to this role is not refused by it', async () => {
    const mutation = schema.getMutationType();
    const open = (mutation ? callsOf(mutation) : []).filter(({ coordinate }) => mayAsk(role, [coordinate]));
    const refused = [];
    for (const { text } of open) refused.push(...refusals(await graph.run(`mutation { ${text} }`, {}, viewerAs(role))));
    expect(refused).toEqual([]);
  }, 60_000);
});

test('a field of an interface is served where it is of every type', async () => {
  const interfaces = Object.values(schema.getTypeMap()).filter(isInterfaceType);
  expect(interfaces.map(({ name }) => name)).toEqual(['Node']);
  expect((await graph.run(`{ node(id: "${partnerId}") { id } }`)).data).toEqual({ node: { id: partnerId } });
});
