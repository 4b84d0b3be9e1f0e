import { beforeAll, expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import {
  anAction,
  anActionPlan,
  anEvent,
  anEventRole,
  anOutput,
  anOutputUpdate,
  aPartner,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  aSession,
  aTask,
  aTheme,
  aTransfer,
  link,
} from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database, { isCompiled: false });

beforeAll(async () => {
  const { id: programme } = await aProgramme(database);
  for (let n = 0; n < 20; n += 1) {
    const { id: region } = await aRegion(database, `X${String.fromCharCode(65 + n)}R`);
    const { id: country } = await aRegion(database, `Y${String.fromCharCode(65 + n)}R`);
    const { id: partner } = await aPartner(database, { region_id: region });
    const { id: speaker } = await aPartner(database);
    const { id: project } = await aProject(database, { programme_id: programme });
    const { id: theme } = await aTheme(database);
    const { id: practice } = await aPractice(database);
    const { id: transfer } = await aTransfer(database, { destination_id: region });
    const { id: event } = await anEvent(database, { project_id: project, region_id: region });
    await link(database, 'event_theme', { event_id: event, theme_id: theme });
    await link(database, 'event_country', { event_id: event, region_id: country });
    const { id: session } = await aSession(database, { event_id: event });
    await link(database, 'session_practice', { session_id: session, practice_id: practice });
    await anEventRole(database, { event_id: event, role: 'HOST', partner_id: partner, label: null });
    await anEventRole(database, { event_id: event, session_id: session, partner_id: speaker, label: null });
    const { id: output } = await anOutput(database, { project_id: project, responsible_id: partner });
    await anOutputUpdate(database, { output_id: output, reported_on: '2020-01-01', event_id: event });
    await aTask(database, { project_id: project, assignee_id: partner, reviewed_at_id: event });
    const { id: plan } = await anActionPlan(database, { project_id: project, proposed_by_id: partner });
    await anAction(database, { action_plan_id: plan, transfer_id: transfer });
  }
});

/** The statements of a query for one record and for twenty, which must be the same. */
async function statementsOf(query: string): Promise<number> {
  const one = await graph.run(query, { first: 1 });
  const twenty = await graph.run(query, { first: 20 });
  expect(twenty.errors).toEqual([]);
  // Those of one wave go out side by side, so their order may differ.
  expect(one.statements.toSorted()).toEqual(twenty.statements.toSorted());
  return twenty.statements.length;
}

test('twenty events with host, themes, countries, sessions, practices and roles cost as many statements as one', async () => {
  const count =
    await statementsOf(`query ($first: Int!) { events(first: $first) { nodes { title host { name } themes { label }
    region { name } participantCountries { name } roles { role partner { name } session { subject } }
    sessions { subject practices { title } roles { role } } } } }`);
  // Events with the ids of themes and countries; roles, sessions with those of practices; hosts and other partners,
  // regions and countries, themes, practices.
  expect(count).toBe(7);
});

test('twenty projects with all their activities cost as many statements as one', async () => {
  const count = await statementsOf(`query ($first: Int!) { projects(first: $first) { nodes { acronym
    events { nodes { title } } outputs { nodes { title status updates { status } } } tasks { nodes { title assignee { name } } }
    actionPlans { nodes { title actions { title transfer { slug } } } } } } }`);
  // Projects; events, outputs, tasks, plans; updates, assignees, actions; transfers.
  expect(count).toBe(9);
});

test('twenty partners with their events and tasks, and practices with where they were presented, cost a statement each', async () => {
  expect(
    await statementsOf(
      'query ($first: Int!) { partners(first: $first) { nodes { events { nodes { title } } tasks { totalCount } } } }',
    ),
  ).toBe(3);
  expect(
    await statementsOf(
      'query ($first: Int!) { goodPractices(first: $first) { nodes { presentedAt { totalCount nodes { title } } } } }',
    ),
  ).toBe(3);
  expect(await statementsOf('query ($first: Int!) { transfers(first: $first) { nodes { actions { title } } } }')).toBe(
    2,
  );
});
