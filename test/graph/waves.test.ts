import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { readInWaves } from '../../src/graph/context.js';
import { limits } from '../../src/graph/limits.js';
import { inWaves } from '../../src/graph/waves.js';

/** Statements that end when the test says so. */
function statements() {
  const sent = new Map<string, PromiseWithResolvers<unknown[]>>();
  const run = (query: string) => {
    const statement = Promise.withResolvers<unknown[]>();
    sent.set(query, statement);
    return statement.promise;
  };
  return { run, sent };
}

test('a batch waits until no statement is under way, and goes out with those that came meanwhile', async () => {
  const { run, sent } = statements();
  const waves = inWaves(run, new AbortController().signal);
  const out: string[] = [];
  const [a, b] = [waves.run('a'), waves.run('b')];
  waves.schedule(() => out.push('first'));
  sent.get('a')?.resolve([]);
  await a;
  waves.schedule(() => out.push('second'));
  await setImmediate();
  expect(out).toEqual([]);
  sent.get('b')?.resolve([]);
  await b;
  await setImmediate();
  expect(out).toEqual(['first', 'second']);
});

test('records by id wait for lists, and leaves for records, though a list sends no statement', async () => {
  const { run, sent } = statements();
  const waves = inWaves(run, new AbortController().signal);
  const out: string[] = [];
  waves.schedule(() => out.push('leaf'), 'leaves');
  waves.schedule(() => out.push('record'), 'records');
  waves.schedule(() => {
    out.push('list');
    void waves.run('rows').then(() => waves.schedule(() => out.push('list below')));
  });
  await setImmediate();
  sent.get('rows')?.resolve([]);
  await vi.waitFor(() => expect(out).toHaveLength(4));
  expect(out).toEqual(['list', 'list below', 'record', 'leaf']);
});

test('a statement that fails is told to its caller, and does not hold up the next wave', async () => {
  const { run, sent } = statements();
  const waves = inWaves(run, new AbortController().signal);
  const out: string[] = [];
  const failing = waves.run('a');
  waves.schedule(() => out.push('next'));
  sent.get('a')?.reject(new Error('gone'));
  await expect(failing).rejects.toThrow('gone');
  await setImmediate();
  expect(out).toEqual(['next']);
});

test('a batch that sends no statement, or throws none, lets later batches out', async () => {
  const waves = inWaves(statements().run, new AbortController().signal);
  const out: string[] = [];
  waves.schedule(() => out.push('without'));
  await setImmediate();
  waves.schedule(() => out.push('later'));
  await setImmediate();
  expect(out).toEqual(['without', 'later']);
});

test('once aborted, statements are refused with the reason and waiting batches are dropped', async () => {
  const { run, sent } = statements();
  const stop = new AbortController();
  const waves = inWaves(run, stop.signal);
  const out: string[] = [];
  const running = waves.run('a');
  waves.schedule(() => out.push('waiting'));
  stop.abort(new Error('too late'));
  await expect(waves.run('b')).rejects.toThrow('too late');
  sent.get('a')?.resolve([]);
  await running;
  await setImmediate();
  expect(out).toEqual([]);
  expect([...sent.keys()]).toEqual(['a']);
});

test('a request may read 50,000 rows; the statement that brings more stops it', async () => {
  const stop = new AbortController();
  const read = readInWaves(<Row>() => Promise.resolve(Array.from({ length: limits.rows / 2 }) as Row[]), stop);
  await read(sql`select`);
  expect(await read(sql`select`)).toHaveLength(25_000);
  expect(stop.signal.aborted).toBe(false);
  const message = 'The operation asks for more than 50,000 rows. Ask for shorter pages, or for fewer lists in lists.';
  await expect(read(sql`select`)).rejects.toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
  expect(stop.signal.reason).toMatchObject({ message });
});

test('an answer may hold 50,000 list items, however few rows they come from', () => {
  const stop = new AbortController();
  const read = readInWaves(() => Promise.resolve([]), stop);
  expect(read.answers(limits.rows)).toBe(true);
  expect(read.answers(0)).toBe(true);
  expect(read.answers(1)).toBe(false);
  expect(stop.signal.reason).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  expect(read.answers(0)).toBe(false);
});
