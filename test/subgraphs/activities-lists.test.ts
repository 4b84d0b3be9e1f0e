import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

const innocrafts = (...names: string[]) => names.map((name) => `innocrafts-${name}`);

test.each<[where: string, slugs: string[]]>([
  ['{ project: { eq: "scale-sme" } }', ['scale-sme-coordination-meeting-2021']],
  ['{ region: { within: "ES5" } }', innocrafts('barcelona-2012')],
  ['{ region: { within: "ITI1" } }', innocrafts('launch-florence-2012', 'final-conference-2014')],
  ['{ country: { in: ["LV", "LT"] } }', innocrafts('vilnius-2013', 'riga-2014')],
  ['{ theme: { eq: "innocrafts-t3" } }', innocrafts('vilnius-2013', 'kilkenny-2013')],
  ['{ host: { eq: "barcelona-chamber-of-commerce" } }', innocrafts('barcelona-2012')],
  ['{ partner: { eq: "barcelona-chamber-of-commerce" } }', innocrafts('barcelona-2012', 'vilnius-2013')],
  ['{ type: { eq: STUDY_VISIT } }', innocrafts('barcelona-2012', 'budapest-2013', 'vilnius-2013', 'riga-2014')],
  ['{ mode: { eq: IN_PERSON } }', innocrafts('barcelona-2012')],
  [
    '{ startDate: { gte: "2013-05-01" }, endDate: { lte: "2013-10-04" } }',
    innocrafts('bistrita-2013', 'turku-2013', 'vilnius-2013'),
  ],
  ['{ title: { contains: "business models" } }', innocrafts('barcelona-2012')],
])('events where %s', async (where, slugs) => {
  const { data, errors } = await graph.run(`{ events(where: ${where}) { nodes { slug } } }`);
  expect(errors).toEqual([]);
  expect(data['events'].nodes.map(({ slug }: { slug: string }) => slug)).toEqual(slugs);
});

test.each<[list: string, where: string, slugs: string[]]>([
  ['outputs', '{ type: { in: [TOOLKIT, GUIDE] } }', ['innocrafts-guide-theme-1', 'scale-sme-toolkit']],
  ['outputs', '{ responsible: { eq: "romagna-tech" } }', ['scale-sme-platform']],
  ['outputs', '{ status: { eq: IN_DEVELOPMENT } }', ['scale-sme-toolkit']],
  ['outputs', '{ isMainResult: true, title: { contains: "platform" } }', ['scale-sme-platform']],
  ['outputs', '{ project: { eq: "scale-sme" }, updatedOn: { lte: "2021-11-16" } }', []],
  ['outputs', '{ updatedOn: { gte: "2021-11-17" } }', ['scale-sme-platform', 'scale-sme-toolkit']],
  ['outputs', '{ isUpdatedSinceLastEvent: true }', ['scale-sme-platform', 'scale-sme-toolkit']],
  ['tasks', '{ project: { eq: "innocrafts" } }', []],
  ['tasks', '{ assignee: { eq: "enter" }, isOpen: true }', ['scale-sme-reporting-documents']],
  ['tasks', '{ isOpen: false }', []],
  ['tasks', '{ kind: { eq: REPORTING } }', ['scale-sme-reporting-documents']],
  ['actionPlans', '{ project: { eq: "crafts-code" } }', ['crafts-code-plan-spain']],
  ['actionPlans', '{ proposedBy: { eq: "anci-toscana" } }', ['innocrafts-plan-anci-toscana']],
  ['actionPlans', '{ status: { in: [SUPPORTED, COMPLETED] } }', ['scale-sme-action-plan']],
  ['actionPlans', '{ statusOn: { gte: "2023-01-01" } }', ['crafts-code-plan-spain']],
  ['actionPlans', '{ hasTransfers: true }', ['crafts-code-plan-spain']],
])('%s where %s', async (list, where, slugs) => {
  const { data, errors } = await graph.run(`{ ${list}(where: ${where}, orderBy: TITLE_ASC) { nodes { slug } } }`);
  expect(errors).toEqual([]);
  expect(data[list].nodes.map(({ slug }: { slug: string }) => slug).toSorted()).toEqual(slugs);
});

test('every list can be read to its end in every order, page by page', async () => {
  const orders: Record<string, string[]> = {
    events: ['START_ASC', 'START_DESC', 'UPDATED_DESC'],
    outputs: ['TITLE_ASC', 'PUBLISHED_DESC', 'UPDATED_DESC'],
    tasks: ['TITLE_ASC', 'UPDATED_DESC'],
    actionPlans: ['TITLE_ASC', 'STATUS_DESC', 'UPDATED_DESC'],
  };
  for (const [list, names] of Object.entries(orders))
    for (const orderBy of names) {
      const page = `nodes { slug } pageInfo { endCursor hasNextPage }`;
      const whole = (await graph.run(`{ ${list}(orderBy: ${orderBy}) { nodes { slug } } }`)).data[list].nodes;
      const read: unknown[] = [];
      for (let after: string | null = '', more = true; more;) {
        const from = after === '' ? '' : `, after: ${JSON.stringify(after)}`;
        const { data, errors } = await graph.run(`{ ${list}(first: 3, orderBy: ${orderBy}${from}) { ${page} } }`);
        expect(errors).toEqual([]);
        read.push(...data[list].nodes);
        [after, more] = [data[list].pageInfo.endCursor as string | null, data[list].pageInfo.hasNextPage as boolean];
      }
      expect(read).toEqual(whole);
    }
});

test('an output, a task, a plan and their parts are found as nodes', async () => {
  const { data } = await graph.run(`{ project(slug: "crafts-code") { actionPlans { nodes { id actions { id } } } }
    scale: project(slug: "scale-sme") { outputs { nodes { id updates { id } } } tasks { nodes { id } } }
    event(slug: "innocrafts-barcelona-2012") { id sessions { id } roles { id } } }`);
  const [plan] = data['project'].actionPlans.nodes;
  const [output] = data['scale'].outputs.nodes;
  const ids = [
    plan.id,
    plan.actions[0].id,
    output.id,
    output.updates[0].id,
    data['scale'].tasks.nodes[0].id,
    data['event'].id,
    data['event'].sessions[0].id,
    data['event'].roles[0].id,
  ];
  const { data: found, errors } = await graph.run(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ActionPlan { slug } ... on Action { position }
      ... on Output { volume } ... on OutputUpdate { reportedOn } ... on Task { kind } ... on Event { ordinal }
      ... on Session { day } ... on EventRole { role } } }`,
    { ids },
  );
  expect(errors).toEqual([]);
  expect(found['nodes'].map((node: { __typename: string }) => node.__typename)).toEqual([
    'ActionPlan',
    'Action',
    'Output',
    'OutputUpdate',
    'Task',
    'Event',
    'Session',
    'EventRole',
  ]);
});
