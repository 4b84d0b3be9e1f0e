import { CompiledQuery } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { pruneChanges } from '../../src/subgraphs/discovery/search/upkeep/prune.js';
import { lookedThrough } from '../../src/subgraphs/provenance/feed.loaders.js';
import { aDatabase, execute } from '../support/database.js';
import {
  aClaim,
  aMeasurement,
  anEvent,
  anIndicator,
  aPractice,
  aSession,
  aSource,
  aTheme,
  draft,
} from '../support/factories.js';
import { allSince, changesSince } from '../support/followers.js';
import { aGraph } from '../support/graph.js';
import { copyThatFollows } from '../support/open-records.js';
import { untilReadable } from '../support/search-upkeep.js';
import { admin } from '../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
const run = (text: string, ...values: unknown[]) => execute(database, text, values);
const now = async () => {
  await untilReadable(database);
  return (await changesSince(graph, 'now')).endCursor;
};

let began: string | null = null;
beforeEach(async () => {
  began = await now();
});
/** All that everyone is told since the test began. */
const told = async (where?: object) => {
  await untilReadable(database);
  return (await allSince(graph, began, 100, where)).told;
};
const becomes = (table: string, id: string, status: string) =>
  run(
    `update ${table} set publication_status = '${status}', withdrawn_reason = case '${status}' when 'WITHDRAWN' then 'Why.' end
     where id = $1`,
    id,
  );

describe('everyone is told', () => {
  test('each change of what is open, in its order', async () => {
    const { id } = await aTheme(database);
    await run(`update theme set label = 'Other' where id = $1`, id);
    await run(`update theme set label = 'Other' where id = $1`, id);
    await run('delete from theme where id = $1', id);
    expect(await told()).toEqual([
      [id, 'CREATED', 1],
      [id, 'UPDATED', 2],
      [id, 'DELETED', 2],
    ]);
  });

  test('the record as it is now, whatever it is', async () => {
    const source = await aSource(database, { title: 'A study' });
    const theme = await aTheme(database);
    const claim = await aClaim(database, { source_id: source.id, record_id: theme.id });
    await untilReadable(database);
    const { data, errors } = await graph.run(
      `query ($since: String) { changes(since: $since) { nodes { record {
        id __typename ... on Source { title origin } ... on Claim { field origin } ... on Theme { label origin } } } } }`,
      { since: began },
    );
    expect(errors).toEqual([]);
    const { nodes } = (data as { changes: { nodes: { record: { id: string } | null }[] } }).changes;
    const records = new Map(nodes.map(({ record }) => [record?.id, record]));
    expect(records.get(source.id)).toMatchObject({ __typename: 'Source', title: 'A study', origin: 'REPORTED' });
    expect(records.get(claim.id)).toMatchObject({ __typename: 'Claim', origin: 'REPORTED' });
    expect(records.get(theme.id)).toMatchObject({ __typename: 'Theme', origin: 'REPORTED' });
  });

  test('nothing of what was never open, and of what was that it is gone', async () => {
    const never = await aPractice(database, draft);
    await run(`update good_practice set title = 'Other' where id = $1`, never.id);
    await run('delete from good_practice where id = $1', never.id);
    const { id } = await aPractice(database, draft);
    await becomes('good_practice', id, 'PUBLISHED');
    await becomes('good_practice', id, 'WITHDRAWN');
    await run(`update good_practice set title = 'Other' where id = $1`, id);
    expect(await told()).toEqual([
      [id, 'CREATED', 2],
      [id, 'DELETED', 3],
    ]);
  });

  test('what comes and goes with the record that it is part of', async () => {
    const practice = await aPractice(database);
    const indicator = await anIndicator(database);
    const figure = await aMeasurement(database, { practice_id: practice.id, indicator_id: indicator.id });
    const claim = await aClaim(database, { record_id: figure.id, source_id: (await aSource(database)).id });
    began = await now();
    await becomes('good_practice', practice.id, 'WITHDRAWN');
    await run(`update measurement set method = 'Asked' where id = $1`, figure.id);
    await becomes('good_practice', practice.id, 'PUBLISHED');
    await run('delete from measurement where id = $1', figure.id);
    expect(await told()).toEqual([
      [practice.id, 'DELETED', 3],
      [claim.id, 'DELETED', 1],
      [figure.id, 'DELETED', 1],
      [practice.id, 'CREATED', 5],
      [claim.id, 'CREATED', 1],
      [figure.id, 'CREATED', 2],
      [figure.id, 'DELETED', 2],
      [claim.id, 'DELETED', 1],
      [practice.id, 'UPDATED', 6],
    ]);
  });

  test('the same whoever asks, and the record where they may see it', async () => {
    const { id } = await aPractice(database, { title: 'Whole' });
    const closed = await aPractice(database, { title: 'Closed' });
    await becomes('good_practice', closed.id, 'DRAFT');
    await untilReadable(database);
    const asked = `query ($since: String) { changes(since: $since) {
      nodes { type kind recordId at record { id ... on GoodPractice { title } } } } }`;
    for (const viewer of [undefined, admin]) {
      const { data, statements } = await graph.run(asked, { since: began }, viewer);
      expect(data['changes'].nodes).toEqual([
        {
          type: 'GOOD_PRACTICE',
          kind: 'CREATED',
          recordId: id,
          at: expect.stringMatching(/^20.*Z$/),
          record: { id, title: 'Whole' },
        },
        expect.objectContaining({
          kind: 'CREATED',
          recordId: closed.id,
          record: viewer ? { id: closed.id, title: 'Closed' } : null,
        }),
        expect.objectContaining({ kind: 'DELETED', recordId: closed.id, record: null }),
      ]);
      expect(statements.filter((text) => text.includes('from')).length).toBe(3);
    }
  });
});

test('a part that is opened with its whole is a version further when it changes in the same transaction', async () => {
  const event = await anEvent(database, draft);
  const session = await aSession(database, { event_id: event.id });
  const practice = await aPractice(database);
  began = await now();
  const tx = await database.em().getKysely<unknown>().startTransaction().execute();
  await tx.executeQuery(
    CompiledQuery.raw(`update event set publication_status = 'PUBLISHED' where id = $1`, [event.id]),
  );
  await tx.executeQuery(
    CompiledQuery.raw('insert into session_practice (session_id, practice_id) values ($1, $2)', [
      session.id,
      practice.id,
    ]),
  );
  await tx.commit().execute();
  expect(await told()).toEqual([
    [event.id, 'CREATED', 3],
    [session.id, 'CREATED', 1],
    [session.id, 'UPDATED', 2],
  ]);
});

test('a copy that follows holds what everyone sees, whatever happens, and is told of nothing that nobody saw', async () => {
  expect(await copyThatFollows(20)).toEqual({ looks: 37, wrong: [], neverSeen: [] });
});

describe('a cursor', () => {
  test('leads on from its change, and stays where it is while nothing is new', async () => {
    const ids = [await aTheme(database), await aTheme(database), await aTheme(database)].map(({ id }) => id);
    await untilReadable(database);
    const { told: all, cursors } = await allSince(graph, began);
    expect(all.map(([id]) => id)).toEqual(ids);
    expect((await changesSince(graph, cursors[0] ?? '')).told.map(([id]) => id)).toEqual(ids.slice(1));
    expect(await changesSince(graph, cursors[2] ?? '')).toEqual({
      told: [],
      cursors: [],
      endCursor: cursors[2],
      hasNextPage: false,
    });
    expect(await changesSince(graph, began, 2)).toMatchObject({ endCursor: cursors[1], hasNextPage: true });
    expect(await changesSince(graph, began, 3)).toMatchObject({ endCursor: cursors[2], hasNextPage: false });
    expect(await changesSince(graph, began, 0)).toEqual({ told: [], cursors: [], endCursor: began, hasNextPage: true });
    expect((await allSince(graph, null)).told.slice(-3)).toEqual(all);
  });

  test.each([
    ['nonsense', 'BAD_USER_INPUT'],
    ['', 'BAD_USER_INPUT'],
    [Buffer.from('["NAME_ASC","a","b","c"]').toString('base64url'), 'BAD_USER_INPUT'],
    [Buffer.from('["CHANGES","-1","2","3"]').toString('base64url'), 'BAD_USER_INPUT'],
    [Buffer.from('["CHANGES","99999999999999999999","2","3"]').toString('base64url'), 'BAD_USER_INPUT'],
    // Of another database, or of a time that has not come.
    [Buffer.from('["CHANGES","2","2","3"]').toString('base64url'), 'CURSOR_EXPIRED'],
    [Buffer.from('["CHANGES","99999999999","99999999","3"]').toString('base64url'), 'CURSOR_EXPIRED'],
  ])('is refused when it is none: %s', async (since, code) => {
    await expect(changesSince(graph, since)).rejects.toThrow(code);
  });

  test('of another database is none here, even where a change has its number', async () => {
    await aTheme(database);
    const cursor = String(await now());
    const [order, xid, id, micros] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
    const other = Buffer.from(JSON.stringify([order, xid, id, String(Number(micros) + 1)])).toString('base64url');
    await expect(changesSince(graph, other)).rejects.toThrow('CURSOR_EXPIRED');
    await expect(changesSince(graph, cursor)).resolves.toMatchObject({ told: [] });
  });

  test('expires when what followed it is deleted, and not a change before', async () => {
    const ids = [await aTheme(database), await aTheme(database), await aTheme(database)].map(({ id }) => id);
    await aPractice(database, draft);
    await untilReadable(database);
    const { cursors } = await allSince(graph, began);
    await run(`update change set at = at - interval '91 days' where record_id <> $1`, ids[2]);
    // As they are read after that: the cursor of a change tells when it was.
    const old = await changesSince(graph, null);
    const whole = await allSince(graph, null);
    const [first = '', last = ''] = whole.cursors.slice(-3);
    await pruneChanges(database.em());
    await expect(changesSince(graph, old.cursors[0] ?? '')).rejects.toThrow('CURSOR_EXPIRED');
    await expect(changesSince(graph, first)).rejects.toThrow('CURSOR_EXPIRED');
    expect((await changesSince(graph, last)).told.map(([id]) => id)).toEqual([ids[2]]);
    expect((await changesSince(graph, cursors[2] ?? '')).told).toEqual([]);
    expect((await changesSince(graph, null)).told.map(([id]) => id)).toEqual([ids[1], ids[2]]);
  });

  test('of a graph of which nothing is told yet is null', async () => {
    const empty = await aGraph(await aDatabase());
    expect(await changesSince(empty, 'now')).toEqual({ told: [], cursors: [], endCursor: null, hasNextPage: false });
    expect(await changesSince(empty, null)).toEqual({ told: [], cursors: [], endCursor: null, hasNextPage: false });
  });
});

describe('a feed', () => {
  test('leaves out what is made up until asked, and takes types', async () => {
    const real = await aTheme(database);
    const madeUp = await aPractice(database, { origin: 'DEMONSTRATION' });
    expect(await told()).toEqual([[real.id, 'CREATED', 1]]);
    expect(await told({ origin: { in: ['REPORTED', 'DEMONSTRATION'] } })).toEqual([
      [real.id, 'CREATED', 1],
      [madeUp.id, 'CREATED', 1],
    ]);
    expect(await told({ type: { in: ['GOOD_PRACTICE'] } })).toEqual([]);
    expect(await told({ type: { eq: 'THEME' } })).toEqual([[real.id, 'CREATED', 1]]);
    // The next one begins behind what was left out.
    expect((await changesSince(graph, began)).endCursor).toBe(await now());
  });

  test('looks through so many changes for a page and leads behind them', async () => {
    await run(
      `insert into change (record_id, version, kind, is_open, origin)
       select 'gp_' || n, 1, 'CREATED', true, 'DEMONSTRATION' from generate_series(1, ${lookedThrough + 10}) n`,
    );
    const { id } = await aTheme(database);
    await untilReadable(database);
    const first = await changesSince(graph, began);
    expect(first).toMatchObject({ told: [], hasNextPage: true });
    expect(await changesSince(graph, first.endCursor)).toMatchObject({
      told: [[id, 'CREATED', 1]],
      hasNextPage: false,
    });
    await run(`delete from change where record_id like 'gp_' || '%' and length(record_id) < 20`);
  });

  test('is refused for pages of more than a hundred', async () => {
    await expect(changesSince(graph, null, 101)).rejects.toThrow('BAD_USER_INPUT');
  });
});
