import { sql } from 'kysely';
import { anonymous } from '../../src/graph/context.js';
import { records } from '../../src/subgraphs/records.js';
import { aDatabase, execute, type TestDatabase } from './database.js';
import {
  aClaim,
  aMeasurement,
  anAction,
  anActionPlan,
  anEvent,
  anEventRole,
  anIndicator,
  anOutcome,
  anOutput,
  anOutputUpdate,
  aParticipation,
  aPartner,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  aSession,
  aSource,
  aTransfer,
} from './factories.js';
import { allSince, changesSince } from './followers.js';
import { aGraph } from './graph.js';
import { aRandom, type Random } from './random.js';
import { untilReadable } from './search-upkeep.js';

/** Records of every type that is seen only with others, twice, and claims about each of them; by their tables. */
async function recordsWithParts(database: TestDatabase): Promise<{ table: string; id: string }[]> {
  const made: { table: string; id: string }[] = [];
  const keep = async (table: string, row: Promise<{ id: string }>) => {
    const { id } = await row;
    made.push({ table, id });
    return id;
  };
  const region = await aRegion(database, 'XA');
  const [source, indicator] = [await aSource(database), await anIndicator(database)];
  const programme = await aProgramme(database);
  /* oxlint-disable no-await-in-loop -- each hangs on the one before */
  for (let count = 0; count < 2; count += 1) {
    const partner = await keep('partner', aPartner(database));
    const project = await keep('project', aProject(database, { programme_id: programme.id }));
    await keep('participation', aParticipation(database, { project_id: project, partner_id: partner }));
    const practice = await keep('good_practice', aPractice(database));
    await keep('measurement', aMeasurement(database, { practice_id: practice, indicator_id: indicator.id }));
    const transfer = await keep('transfer', aTransfer(database, { destination_id: region.id }));
    await keep('outcome', anOutcome(database, { transfer_id: transfer, indicator_id: indicator.id }));
    // Of a project that may be a draft: what it belongs to is not what it is part of.
    const event = await keep('event', anEvent(database, { project_id: project }));
    const session = await keep('session', aSession(database, { event_id: event }));
    await keep('event_role', anEventRole(database, { event_id: event, session_id: session }));
    await keep('event_role', anEventRole(database, { event_id: event, partner_id: partner, label: null }));
    const output = await keep('output', anOutput(database));
    await keep('output_update', anOutputUpdate(database, { output_id: output, reported_on: '2020-01-01' }));
    const plan = await keep('action_plan', anActionPlan(database));
    await keep('action', anAction(database, { action_plan_id: plan }));
  }
  for (const { id } of made.slice()) await keep('claim', aClaim(database, { record_id: id, source_id: source.id }));
  /* oxlint-enable no-await-in-loop */
  return made;
}

/** The ids of all that everyone sees, as the policies have it. */
async function seenByEveryone(database: TestDatabase): Promise<Set<string>> {
  const selects = Object.values(records).map(({ table }) => sql`select id from ${sql.table(table)}`);
  const rows = await database.readAs(anonymous)(sql<{ id: string }>`${sql.join(selects, sql` union all `)}`);
  return new Set(rows.map(({ id }) => id));
}

/**
 * A copy of what everyone sees, kept up by the feed alone while all records of a type close and open, type by type,
 * organisations turn out to be natural persons, and things happen by chance. Returns how often it was looked at, the ids
 * that were wrong in it then, and those that the feed told although nobody but their owner had ever seen them.
 */
export async function copyThatFollows(steps: number, seed = 5) {
  const database = await aDatabase();
  const graph = await aGraph(database);
  const all = await recordsWithParts(database);
  await untilReadable(database);
  let cursor = (await changesSince(graph, 'now')).endCursor;
  const copy = await seenByEveryone(database);
  const ever = new Set(copy);
  const random = aRandom(seed);
  const found = { looks: 0, wrong: [] as string[], neverSeen: [] as string[] };
  const happened = async () => {
    const seen = await seenByEveryone(database);
    for (const id of seen) ever.add(id);
    return seen;
  };
  const look = async () => {
    const seen = await happened();
    await untilReadable(database);
    const page = await allSince(graph, cursor, random.between(1, 50));
    for (const [id, kind] of page.told) {
      if (!ever.has(id)) found.neverSeen.push(id);
      if (kind === 'DELETED') copy.delete(id);
      else copy.add(id);
    }
    found.looks += 1;
    found.wrong.push(...[...copy, ...seen].filter((id) => !copy.has(id) || !seen.has(id)));
    cursor = page.endCursor;
  };
  /* oxlint-disable no-await-in-loop -- one thing happens after the other */
  const closeAndOpen = (table: string) =>
    ['DRAFT', 'PUBLISHED'].map((status) => `update ${table} set publication_status = '${status}'`);
  for (const statement of [
    ...[...new Set(all.map(({ table }) => table))].flatMap(closeAndOpen),
    'update partner set is_natural_person = true',
    `update claim set source_note = 'Looked at.'`,
    ...closeAndOpen('partner'),
    'update partner set is_natural_person = false',
  ]) {
    await execute(database, statement);
    await look();
  }
  for (let step = 1; step <= steps; step += 1) {
    await somethingHappens(database, all, random);
    await (step % 10 === 0 ? look() : happened());
  }
  /* oxlint-enable no-await-in-loop */
  return found;
}

/** One thing that may happen to some of these records, in one statement. */
async function somethingHappens(
  database: TestDatabase,
  all: { table: string; id: string }[],
  random: Random,
): Promise<void> {
  const table = random.pick(all).table;
  const ids = random.some(
    all.filter((each) => each.table === table).map(({ id }) => id),
    random.between(1, 3),
  );
  const set = random.pick([
    `publication_status = 'DRAFT'`,
    `publication_status = 'PUBLISHED'`,
    `publication_status = 'PUBLISHED'`,
    `publication_status = case publication_status when 'DRAFT' then 'PUBLISHED' else 'DRAFT' end`,
    `source_note = clock_timestamp()::text`,
    ...(table === 'partner' ? ['is_natural_person = not is_natural_person'] : []),
  ]);
  if (table === 'claim' && random.chance(0.1)) {
    await execute(database, 'delete from claim where id = any($1)', [ids]);
    for (const id of ids)
      all.splice(
        all.findIndex((each) => each.id === id),
        1,
      );
  } else await execute(database, `update ${table} set ${set} where id = any($1)`, [ids]);
}
