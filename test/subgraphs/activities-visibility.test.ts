import { beforeAll, expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import {
  anAction,
  anActionPlan,
  anEvent,
  anEventRole,
  anOutput,
  anOutputUpdate,
  aPartner,
  aPlace,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  aSession,
  aTask,
  aTheme,
  aTransfer,
  draft,
  link,
  withdrawn,
} from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const office = { role: 'REVIEWER', partnerId: null, accountId: null } as const;
const ids: Record<string, string> = {};
const hidden: string[] = [];

/** Two of each: one that everybody sees, and one that is a draft or withdrawn, at either end of every edge. */
beforeAll(async () => {
  const { id: region } = await aRegion(database, 'XA');
  const { id: partner } = await aPartner(database, { region_id: region });
  const { id: secret } = await aPartner(database, draft);
  const { id: programme } = await aProgramme(database);
  const { id: project } = await aProject(database, { programme_id: programme });
  const { id: practice } = await aPractice(database);
  const { id: draftPractice } = await aPractice(database, draft);
  const { id: theme } = await aTheme(database);
  const { id: draftTheme } = await aTheme(database, draft);
  const { id: transfer } = await aTransfer(database, { destination_id: region });
  const { id: draftTransfer } = await aTransfer(database, { destination_id: region, ...draft });

  const { id: event } = await anEvent(database, { project_id: project, region_id: region });
  const { id: draftEvent } = await anEvent(database, { project_id: project, owner_id: partner, ...draft });
  const { id: session } = await aSession(database, { event_id: event, subject: 'Seen' });
  const { id: draftSession } = await aSession(database, { event_id: event, subject: 'Not seen', ...draft });
  const { id: sessionOfDraft } = await aSession(database, { event_id: draftEvent });
  for (const [event_id, theme_id] of [
    [event, theme],
    [event, draftTheme],
    [draftEvent, theme],
  ] as [string, string][])
    await link(database, 'event_theme', { event_id, theme_id });
  for (const session_id of [session, draftSession, sessionOfDraft])
    for (const practice_id of [practice, draftPractice])
      await link(database, 'session_practice', { session_id, practice_id });
  await anEventRole(database, { event_id: event, role: 'HOST', partner_id: secret, label: null, position: 0 });
  await anEventRole(database, { event_id: event, role: 'HOST', partner_id: partner, label: null, position: 1 });
  const roles = [
    await anEventRole(database, { event_id: event, session_id: draftSession, partner_id: partner, label: null }),
    await anEventRole(database, { event_id: draftEvent, partner_id: partner, label: null }),
    await anEventRole(database, { event_id: event, role: 'EXPERT', ...withdrawn }),
  ];

  const { id: output } = await anOutput(database, { project_id: project, responsible_id: secret });
  const { id: draftOutput } = await anOutput(database, { project_id: project, responsible_id: partner, ...draft });
  await link(database, 'output_use', { output_id: output, used_id: draftOutput });
  await anOutputUpdate(database, { output_id: output, reported_on: '2020-01-01', event_id: draftEvent });
  const updates = [
    await anOutputUpdate(database, { output_id: output, reported_on: '2021-01-01', status: 'COMPLETED', ...draft }),
    await anOutputUpdate(database, { output_id: draftOutput, reported_on: '2021-01-01' }),
  ];

  const { id: task } = await aTask(database, { project_id: project, assignee_id: partner, reviewed_at_id: draftEvent });
  const { id: draftTask } = await aTask(database, { project_id: project, assignee_id: partner, ...draft });

  const { id: plan } = await anActionPlan(database, { project_id: project, proposed_by_id: secret });
  const { id: draftPlan } = await anActionPlan(database, {
    project_id: project,
    proposed_by_id: partner,
    ...withdrawn,
  });
  for (const partner_id of [partner, secret])
    await link(database, 'action_plan_endorsement', { action_plan_id: plan, partner_id });
  await anAction(database, { action_plan_id: plan, title: 'Seen', transfer_id: draftTransfer, position: 0 });
  const actions = [
    await anAction(database, { action_plan_id: plan, transfer_id: transfer, position: 1, ...draft }),
    await anAction(database, { action_plan_id: draftPlan, transfer_id: transfer }),
  ];
  Object.assign(ids, {
    region,
    partner,
    secret,
    project,
    practice,
    theme,
    transfer,
    event,
    session,
    output,
    task,
    plan,
  });
  hidden.push(draftEvent, draftSession, sessionOfDraft, draftOutput, draftTask, draftPlan);
  hidden.push(...[...roles, ...updates, ...actions].map(({ id }) => id));
  await execute(database, `insert into translation values ($1, 'title', 'it', 'Bozza', 'HUMAN')`, [draftEvent]);
  await execute(database, `insert into translation values ($1, 'title', 'it', 'Incontro', 'HUMAN')`, [event]);
});

const lists = `{ events { totalCount nodes { id } } outputs { totalCount nodes { id } } tasks { totalCount nodes { id } }
  actionPlans { totalCount nodes { id } } }`;

test('lists and their counts leave out drafts and withdrawn records', async () => {
  const { data, errors } = await graph.run(lists);
  expect(errors).toEqual([]);
  const only = (id: string | undefined) => ({ totalCount: 1, nodes: [{ id }] });
  expect(data).toEqual({
    events: only(ids['event']),
    outputs: only(ids['output']),
    tasks: only(ids['task']),
    actionPlans: only(ids['plan']),
  });
});

test('a reviewer sees them all', async () => {
  const { data } = await graph.run(lists, {}, office);
  expect(['events', 'outputs', 'tasks', 'actionPlans'].map((list) => data[list].totalCount)).toEqual([2, 2, 2, 2]);
});

test('an organisation sees its own drafts, another one does not', async () => {
  const counts = async (partnerId: string) => {
    const { data } = await graph.run(lists, {}, { role: 'PARTNER', partnerId, accountId: null });
    return ['events', 'outputs', 'tasks', 'actionPlans'].map((list) => data[list].totalCount as number);
  };
  expect(await counts(ids['partner'] ?? '')).toEqual([2, 2, 2, 2]);
  expect(await counts('ptn_00000000000000000000000000')).toEqual([1, 1, 1, 1]);
});

test('what hangs below an event leaves out hidden parts, and parts that name what is hidden', async () => {
  const { data, errors } = await graph.run(
    `query ($event: ID!) { event(id: $event) {
      host { id } themes { id } roles { role partner { id } session { id } }
      sessions { subject practices { id } roles { id } } } }`,
    ids,
  );
  expect(errors).toEqual([]);
  expect(data['event']).toEqual({
    host: { id: ids['partner'] },
    themes: [{ id: ids['theme'] }],
    roles: [{ role: 'HOST', partner: { id: ids['partner'] }, session: null }],
    sessions: [{ subject: 'Seen', practices: [{ id: ids['practice'] }], roles: [] }],
  });
});

test('references of outputs, tasks and plans to what is hidden are null, and their lists leave it out', async () => {
  const { data, errors } = await graph.run(
    `query ($output: ID!) { output(id: $output) { status updatedOn responsible { id } uses { id } updates { status event { id } } }
      tasks { nodes { reviewedAt { id } } }
      actionPlans { nodes { proposedBy { id } endorsedBy { id } actions { title transfer { id } } } } }`,
    ids,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    output: {
      status: 'IN_DEVELOPMENT',
      updatedOn: '2020-01-01',
      responsible: null,
      uses: [],
      updates: [{ status: 'IN_DEVELOPMENT', event: null }],
    },
    tasks: { nodes: [{ reviewedAt: null }] },
    actionPlans: {
      nodes: [{ proposedBy: null, endorsedBy: [{ id: ids['partner'] }], actions: [{ title: 'Seen', transfer: null }] }],
    },
  });
});

test('what activities contribute to other records leaves out drafts', async () => {
  const { data, errors } = await graph.run(
    `query ($project: ID!, $partner: ID!, $practice: ID!, $transfer: ID!) {
      project(id: $project) { events { totalCount } outputs { totalCount } tasks { totalCount } actionPlans { totalCount } }
      partner(id: $partner) { events { nodes { id } } tasks { nodes { id } } }
      goodPractice(id: $practice) { presentedAt { nodes { id } } }
      transfer(id: $transfer) { actions { id } } }`,
    ids,
  );
  expect(errors).toEqual([]);
  const one = { totalCount: 1 };
  expect(data).toEqual({
    project: { events: one, outputs: one, tasks: one, actionPlans: one },
    partner: { events: { nodes: [{ id: ids['event'] }] }, tasks: { nodes: [{ id: ids['task'] }] } },
    goodPractice: { presentedAt: { nodes: [{ id: ids['event'] }] } },
    transfer: { actions: [] },
  });
});

test('filters do not tell what is hidden', async () => {
  const [slug] = await execute<{ slug: string }>(database, 'select slug from partner where id = $1', [ids['secret']]);
  const { data } = await graph.run(
    `query ($slug: String!) { events(where: { host: { eq: $slug } }) { totalCount }
      outputs(where: { responsible: { eq: $slug } }) { totalCount } completed: outputs(where: { status: { eq: COMPLETED } }) { totalCount }
      actionPlans(where: { or: [{ proposedBy: { eq: $slug } }, { hasTransfers: true }] }) { totalCount } }`,
    slug,
  );
  const none = { totalCount: 0 };
  expect(data).toEqual({ events: none, outputs: none, completed: none, actionPlans: none });
});

test('nodes finds none of them, and translations follow their record', async () => {
  const { data, errors } = await graph.run('query ($hidden: [ID!]!) { nodes(ids: $hidden) { id } }', { hidden });
  expect(errors).toEqual([]);
  expect(data['nodes']).toEqual(hidden.map(() => null));
  const { data: italian } = await graph.run('{ events { nodes { title(language: "it") } } }');
  expect(italian['events'].nodes).toEqual([{ title: 'Incontro' }]);
  const read = database.readAs({ role: 'ANONYMOUS', partnerId: null });
  const { sql } = await import('kysely');
  expect(await read(sql`select text from translation`)).toEqual([{ text: 'Incontro' }]);
});

test('a change of a part is a change of what it is a part of', async () => {
  const version = async () => {
    const [row] = await execute<{ version: number }>(database, 'select version from event where id = $1', [
      ids['event'],
    ]);
    return row?.version ?? 0;
  };
  const before = await version();
  await execute(database, `update session set subject = 'Seen again' where id = $1`, [ids['session']]);
  await execute(database, 'delete from session_practice where session_id = $1', [ids['session']]);
  expect(await version()).toBe(before + 2);
});

test('places, regions, countries and projects that are drafts are referred to by nothing', async () => {
  const { id: place } = await aPlace(database, draft);
  const { id: region } = await aRegion(database, 'XB', draft);
  const { id: programme } = await aProgramme(database);
  const { id: project } = await aProject(database, { programme_id: programme, ...draft });
  const own = { project_id: project };
  const { id: event } = await anEvent(database, { ...own, city_id: place, venue_id: place, region_id: region });
  await link(database, 'event_country', { event_id: event, region_id: region });
  await aSession(database, { event_id: event, venue_id: place, visited_id: place });
  const made = [await anOutput(database, own), await aTask(database, own), await anActionPlan(database, own)];
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) {
    ... on Event { project { id } city { id } venue { id } region { id } participantCountries { id }
      sessions { venue { id } visited { id } } }
    ... on Output { project { id } } ... on Task { project { id } } ... on ActionPlan { project { id } } } }`;
  const variables = { ids: [event, ...made.map(({ id }) => id)] };
  const { data, errors } = await graph.run(query, variables);
  expect(errors).toEqual([]);
  const sessions = [{ venue: null, visited: null }];
  expect(data['nodes']).toEqual([
    { project: null, city: null, venue: null, region: null, participantCountries: [], sessions },
    { project: null },
    { project: null },
    { project: null },
  ]);
  const { data: all } = await graph.run(query, variables, office);
  expect(all['nodes'][0]).toEqual({
    project: { id: project },
    city: { id: place },
    venue: { id: place },
    region: { id: region },
    participantCountries: [{ id: region }],
    sessions: [{ venue: { id: place }, visited: { id: place } }],
  });
});
