import { buildSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { examples } from '../../src/http/examples.js';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const graph = await aGraph(await aDatabase('demonstration'));
const seeded = await aGraph(await aDatabase('seeded'));

describe('what is made up can be left out', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  const types = Object.values(schema.getTypeMap());

  test('of every list of records', () => {
    const wheres = types.filter((type) => isInputObjectType(type) && type.name.endsWith('Where'));
    const without = wheres.filter((type) => isInputObjectType(type) && !('origin' in type.getFields()));
    expect(wheres.length).toBeGreaterThan(10);
    // A revision is no record: it is of one.
    expect(without.map(({ name }) => name)).toEqual(['RevisionWhere']);
  });

  test('and every record says that it is', () => {
    const node = schema.getType('Node');
    if (!isInterfaceType(node)) throw new Error('Node is an interface.');
    const records = schema.getPossibleTypes(node).filter((type) => isObjectType(type));
    const without = records.filter((type) => String(type.getFields()['origin']?.type) !== 'Origin!');
    expect(records.length).toBeGreaterThan(20);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('or by what it is not', async () => {
    const { data } = await graph.run(`{
      all: partners { totalCount }
      real: partners(where: { not: { origin: { eq: DEMONSTRATION } } }) { totalCount }
      madeUp: partners(where: { origin: { eq: DEMONSTRATION } }) { totalCount } }`);
    expect(data).toEqual({ all: { totalCount: 41 }, real: { totalCount: 29 }, madeUp: { totalCount: 12 } });
  });

  // Those of the README; the questions have answers of their own.
  test.each(examples.slice(0, 4))('$title is answered as without the demonstration', async ({ query }) => {
    const left = query
      .replace('where: { theme', 'where: { origin: { in: [ENTERED, REPORTED] }, theme')
      .replace('orderBy: REPORTED_DESC', 'orderBy: REPORTED_DESC, where: { origin: { in: [ENTERED, REPORTED] } }');
    const { data, errors } = await graph.run(left);
    expect(errors).toEqual([]);
    expect(data).toEqual((await seeded.run(query)).data);
  });
});
