import { beforeAll, describe, expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPractice, aTheme, draft } from '../support/factories.js';
import { untilReadable } from '../support/search-upkeep.js';

const app = await anApp();
const { database } = app;
const get = (query = '', init?: RequestInit) => fetch(`${app.url}/changes.ndjson${query}`, init);
const linesOf = async (response: Response) =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const since = (cursor: unknown) => `?since=${String(cursor)}`;

let theme = '';
beforeAll(async () => {
  theme = (await aTheme(database)).id;
  await aPractice(database, draft);
  await untilReadable(database);
});

test('a line is a change, and the last line the cursor to come again with', async () => {
  const response = await get();
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
  });
  const [change, end, ...others] = await linesOf(response);
  expect(others).toEqual([]);
  expect(change).toEqual({
    recordId: theme,
    type: 'THEME',
    kind: 'CREATED',
    version: 1,
    at: expect.stringMatching(/Z$/),
  });
  expect(end).toEqual({ cursor: expect.any(String), isCaughtUp: true });
  expect(await linesOf(await get('?since=now'))).toEqual([end]);
  expect(await linesOf(await get(since(end?.['cursor'])))).toEqual([end]);

  await execute(database, `update theme set label = 'Other' where id = $1`, [theme]);
  await untilReadable(database);
  const [next, last] = await linesOf(await get(since(end?.['cursor'])));
  expect(next).toMatchObject({ recordId: theme, kind: 'UPDATED', version: 2 });
  expect(last?.['cursor']).not.toBe(end?.['cursor']);
});

test('more than a page comes in one answer, and more than an answer holds in the next', async () => {
  const [start] = await linesOf(await get('?since=now'));
  await execute(
    database,
    `insert into change (record_id, version, kind, is_open, origin)
     select 'thm_' || lpad(n::text, 26, '0'), 1, 'CREATED', true, 'ENTERED' from generate_series(1, 10250) n`,
  );
  await untilReadable(database);
  const first = await linesOf(await get(since(start?.['cursor'])));
  expect(first).toHaveLength(10_001);
  const end = first.at(-1);
  expect(end).toMatchObject({ isCaughtUp: false });
  const second = await linesOf(await get(since(end?.['cursor'])));
  expect(second).toHaveLength(251);
  expect(second.at(-1)).toMatchObject({ isCaughtUp: true });
  const ids = [...first, ...second].flatMap(({ recordId }) => recordId ?? []);
  expect(new Set(ids).size).toBe(10_250);
  expect(ids).toEqual(ids.toSorted());
});

test('what is made up comes when it is asked for', async () => {
  const [start] = await linesOf(await get('?since=now'));
  const { id } = await aPractice(database, { origin: 'DEMONSTRATION' });
  await untilReadable(database);
  expect(await linesOf(await get(since(start?.['cursor'])))).toHaveLength(1);
  const [change] = await linesOf(await get(`${since(start?.['cursor'])}&origin=DEMONSTRATION`));
  expect(change).toMatchObject({ recordId: id, type: 'GOOD_PRACTICE' });
  const themes = `${since(start?.['cursor'])}&origin=DEMONSTRATION&origin=REPORTED&type=THEME&type=SOURCE`;
  expect(await linesOf(await get(themes))).toHaveLength(1);
});

describe('is refused', () => {
  const expired = Buffer.from('["CHANGES","2","2","3"]').toString('base64url');
  test.each([
    ['a cursor of what is not kept any more', `?since=${expired}`, 410, 'CURSOR_EXPIRED'],
    ['what is no cursor', '?since=yesterday', 400, 'BAD_USER_INPUT'],
    ['two cursors', '?since=now&since=now', 400, 'BAD_USER_INPUT'],
    ['what an address does not take', '?from=now', 400, 'BAD_USER_INPUT'],
    ['an origin that there is none of', '?origin=MADE_UP', 400, 'BAD_USER_INPUT'],
  ])('%s', async (_what, query, status, code) => {
    const response = await get(query);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  test('a token that lets nobody in', async () => {
    expect((await get('', { headers: { authorization: 'Bearer gg_none' } })).status).toBe(401);
  });
});
