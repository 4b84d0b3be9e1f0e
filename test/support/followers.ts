import { setTimeout } from 'node:timers/promises';
import { CompiledQuery, type Kysely } from 'kysely';
import { newId } from '../../src/graph/ids.js';
import { aDatabase, execute } from './database.js';
import { aGraph } from './graph.js';
import { aRandom } from './random.js';
import { untilReadable } from './search-upkeep.js';
import type { Graph } from './writing.js';

/** What a follower is told of a change. */
export type Told = [recordId: string, kind: string, version: number];

export interface Page {
  told: Told[];
  cursors: string[];
  endCursor: string | null;
  hasNextPage: boolean;
}

const document = `query ($since: String, $first: Int, $where: ChangeWhere) { changes(since: $since, first: $first, where: $where) {
  edges { cursor node { recordId kind version } } pageInfo { endCursor hasNextPage } } }`;

/** One page of the feed as everyone reads it; throws the code of an error. */
export async function changesSince(graph: Graph, since: string | null, first = 100, where?: object): Promise<Page> {
  const { data, errors } = await graph.run(document, { since, first, where });
  if (errors.length > 0) throw new Error(String(errors[0]?.code));
  const { edges, pageInfo } = data['changes'];
  return {
    told: edges.map(({ node }: { node: { recordId: string; kind: string; version: number } }) => [
      node.recordId,
      node.kind,
      node.version,
    ]),
    cursors: edges.map(({ cursor }: { cursor: string }) => cursor),
    ...pageInfo,
  };
}

/** All that follows a cursor by now. */
export async function allSince(graph: Graph, since: string | null, first?: number, where?: object): Promise<Page> {
  const all: Page = { told: [], cursors: [], endCursor: since, hasNextPage: true };
  while (all.hasNextPage) {
    // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before ends
    const { told, cursors, ...end } = await changesSince(graph, all.endCursor, first, where);
    all.told.push(...told);
    all.cursors.push(...cursors);
    Object.assign(all, end);
  }
  return all;
}

/** What a record's life may bring next, by whether it is open; what everyone is told of it. */
const steps = {
  open: [
    ['update theme set label = label || $2 where id = $1', 'UPDATED'],
    [`update theme set publication_status = 'DRAFT', label = label || $2 where id = $1`, 'DELETED'],
    [`delete from theme where id = $1 and $2 <> ''`, 'DELETED'],
  ],
  closed: [
    ['update theme set label = label || $2 where id = $1', null],
    [`update theme set publication_status = 'PUBLISHED', label = label || $2 where id = $1`, 'CREATED'],
  ],
} as const;

interface Life {
  id: string;
  isOpen: boolean;
  version: number;
}

/** Writes one transaction of one to three changes, which commits late or never; returns what everyone is to be told of it. */
async function transaction(db: Kysely<unknown>, random: ReturnType<typeof aRandom>, lives: Life[]): Promise<Told[]> {
  const tx = await db.startTransaction().execute();
  const run = (text: string, values: unknown[]) => tx.executeQuery(CompiledQuery.raw(text, values));
  const told: Told[] = [];
  const after: Life[] = lives.map((each) => ({ ...each }));
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    const life = random.chance(0.5) ? after[random.between(0, after.length - 1)] : undefined;
    if (life) {
      const choices = life.isOpen ? steps.open : steps.closed;
      const [text, kind] = choices[random.between(0, choices.length - 1)] ?? choices[0];
      await run(text, [life.id, '+']);
      const isGone = text.startsWith('delete');
      if (!isGone) life.version += 1;
      if (kind !== null) told.push([life.id, kind, life.version]);
      life.isOpen = kind === 'CREATED' || kind === 'UPDATED';
      if (isGone) after.splice(after.indexOf(life), 1);
    } else {
      const made = { id: newId('thm'), isOpen: random.chance(0.8), version: 1 };
      const status = made.isOpen ? 'PUBLISHED' : 'DRAFT';
      const key = made.id.replace('_', '-');
      await run(
        `insert into theme (id, slug, scheme, notation, label, publication_status) values ($1, $2, 'FEED', $2, $2, $3)`,
        [made.id, key, status],
      );
      after.push(made);
      if (made.isOpen) told.push([made.id, 'CREATED', 1]);
    }
    await setTimeout(random.between(0, 15));
  }
  if (random.chance(0.1)) {
    await tx.rollback().execute();
    return [];
  }
  await tx.commit().execute();
  lives.splice(0, lives.length, ...after);
  return told;
}

/**
 * Writers whose transactions commit in any order, each so many or for so many milliseconds, and two followers that stop and go on, each with
 * pages of its own size. Returns how many changes there were to be told, what each follower missed and what it was told twice,
 * and whether both were told all in one order.
 */
export async function raceOfFollowers({ transactions = Infinity, milliseconds = Infinity }, writers = 8) {
  const database = await aDatabase();
  const graph = await aGraph(database);
  const expected: Told[] = [];
  const end = performance.now() + milliseconds;
  const left = { writing: true };

  async function write(seed: number): Promise<void> {
    const random = aRandom(seed);
    const db = database.em().getKysely<unknown>();
    const lives: Life[] = [];
    for (let count = 0; count < transactions && performance.now() < end; count += 1)
      expected.push(...(await transaction(db, random, lives)));
  }
  async function follow(seed: number): Promise<{ seen: Told[]; stops: number }> {
    const random = aRandom(seed);
    const seen: Told[] = [];
    let [kept, stops]: [string | null, number] = [null, 0];
    for (let isLast = false; ;) {
      // What is read after the last write is whole.
      isLast = !left.writing;
      // oxlint-disable-next-line no-await-in-loop -- a follower goes on where it was
      const page = await changesSince(graph, kept, random.between(1, 40));
      if (random.chance(0.2) || (stops === 0 && page.told.length > 0)) {
        // It went down with this page in hand, and comes back to where its cursor is.
        stops += 1;
        // oxlint-disable-next-line no-await-in-loop -- it is away
        await setTimeout(random.between(0, 60));
        continue;
      }
      seen.push(...page.told);
      kept = page.endCursor;
      if (isLast && !page.hasNextPage) return { seen, stops };
    }
  }
  const followers = [follow(101), follow(102)];
  await Promise.all(Array.from({ length: writers }, (_, index) => write(index + 1)));
  await untilReadable(database);
  left.writing = false;
  const results = await Promise.all(followers);
  const [changes] = await execute<{ count: number }>(database, 'select count(*)::int as count from change');
  const wanted = new Set(expected.map(String));
  return {
    told: expected.length,
    untold: (changes?.count ?? 0) - expected.length,
    missed: results.map(({ seen }) => {
      const had = new Set(seen.map(String));
      return [...wanted].filter((each) => !had.has(each)).length;
    }),
    repeated: results.map(({ seen }) => seen.length - new Set(seen.map(String)).size),
    strange: results.map(({ seen }) => seen.filter((each) => !wanted.has(String(each))).length),
    stops: results.map(({ stops }) => stops),
    isOneOrder: String(results[0]?.seen) === String(results[1]?.seen),
  };
}
