import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anonymous, type Run } from '../../../../../src/graph/context.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { countsOf, FacetSets } from '../../../../../src/subgraphs/discovery/search/postgresql/facet-sets.js';
import { aDatabase } from '../../../../support/database.js';
import { aDocument, inBatches } from '../documents.js';

test('a value counts in every set that has it, the commonest first, then by code', () => {
  const members = new Map([
    [1, ['AT', 'DE']],
    [2, ['DE']],
    [3, ['BG', 'AT']],
  ]);
  const counted = { sets: [1, 2, 3], counts: [2, 3, 1] };
  expect(countsOf(counted, members, 9)).toEqual([
    { value: 'DE', count: 5 },
    { value: 'AT', count: 3 },
    { value: 'BG', count: 1 },
  ]);
  expect(countsOf(counted, members, 1)).toEqual([{ value: 'DE', count: 5 }]);
});

test('a set is asked for once, until another index takes the place of its own', async () => {
  const database = await aDatabase();
  const engine = postgresqlEngine(database);
  const documents = [aDocument('Lace', { facets: { country: ['AT', 'DE'] } })];
  await engine.rebuild(inBatches(documents));
  const run = database.readAs(anonymous);
  const [row] = await run(sql<{ epoch: string; id: number }>`
    select i.epoch, s.id from goodgraph_search.index_state i cross join goodgraph_search.facet_set s where s.facet = 'country'`);
  const { epoch, id } = row as { epoch: string; id: number };
  let statements = 0;
  const counting: Run = (query) => {
    statements += 1;
    return run(query);
  };
  const sets = new FacetSets();
  expect((await sets.learn(counting, epoch, [id]))?.get(id)).toEqual(['AT', 'DE']);
  expect((await sets.learn(counting, epoch, [id]))?.get(id)).toEqual(['AT', 'DE']);
  expect(statements).toBe(1);
  await engine.rebuild(inBatches(documents));
  expect(await new FacetSets().learn(counting, epoch, [id])).toBeNull();
});
