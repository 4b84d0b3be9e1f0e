import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

test('a practice tells where it was presented, and the session who presented it', async () => {
  const { data, errors } = await graph.run(`{ goodPractice(slug: "lovech-promotion-of-crafts") {
    presentedAt { totalCount nodes { slug sessions { practices { slug } roles { role partner { slug } } } } } } }`);
  expect(errors).toEqual([]);
  const { totalCount, nodes } = data['goodPractice'].presentedAt;
  expect([totalCount, nodes[0].slug]).toEqual([1, 'innocrafts-vilnius-2013']);
  expect(nodes[0].sessions).toHaveLength(6);
  expect(nodes[0].sessions[5]).toEqual({
    practices: [{ slug: 'lovech-promotion-of-crafts' }],
    roles: [{ role: 'SPEAKER', partner: { slug: 'ram-central-stara-planina' } }],
  });
});

test('a transfer tells the action that carries it out, and an action its plan and its transfer', async () => {
  const { data, errors } = await graph.run(
    `{ transfer(slug: "bcde-to-spain") { actions { title position plan { slug status } transfer { slug } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data['transfer'].actions).toEqual([
    {
      title: 'Programme for creating, consolidating and strengthening craft companies',
      position: 0,
      plan: { slug: 'crafts-code-plan-spain', status: 'APPROVED' },
      transfer: { slug: 'bcde-to-spain' },
    },
  ]);
});

test('an event that is not confirmed, or disputed, says so', async () => {
  const { data } = await graph.run(
    '{ events(orderBy: START_ASC) { nodes { slug confidence startDate startDatePrecision } } }',
  );
  expect(data['events'].nodes).toHaveLength(10);
  const doubtful = data['events'].nodes.filter(({ confidence }: { confidence: string }) => confidence !== 'STATED');
  expect(doubtful).toEqual([
    {
      slug: 'innocrafts-launch-florence-2012',
      confidence: 'UNCERTAIN',
      startDate: '2012-04-17',
      startDatePrecision: 'DAY',
    },
    { slug: 'innocrafts-turku-2013', confidence: 'UNCERTAIN', startDate: '2013-06-01', startDatePrecision: 'MONTH' },
    { slug: 'innocrafts-vilnius-2013', confidence: 'DISPUTED', startDate: '2013-10-01', startDatePrecision: 'DAY' },
    { slug: 'innocrafts-riga-2014', confidence: 'DISPUTED', startDate: '2014-06-17', startDatePrecision: 'DAY' },
  ]);
});
