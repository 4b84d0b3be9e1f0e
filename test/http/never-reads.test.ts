import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, test, vi } from 'vitest';
import { anApp } from '../support/app.js';
import { aPractice } from '../support/factories.js';

const [clients, megabytes] = [12, 8];

// Two places, and patience for less than an answer may be read: a place that is held while nobody reads is seen.
const app = await anApp('migrated', {}, 60_000, {
  operations: { running: 2, waiting: 2, patience: 2_000 },
  reading: 3_000,
});
const { hostname, port } = new URL(app.url);
const query = '{ goodPractices(first: 100) { nodes { description } } }';

beforeAll(async () => {
  const description = 'x'.repeat((megabytes * 2 ** 20) / 100);
  for (let n = 0; n < 100; n += 1) await aPractice(app.database, { description });
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const megabytesInUse = () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
};
const connections = () =>
  new Promise<number>((resolve) => void app.server.server.getConnections((_, count) => resolve(count)));

/** Asks for many megabytes, and takes none of them. Resolves once they were read from the database. */
async function asked(): Promise<Socket> {
  const before = app.statements.length;
  const socket = connect(Number(port), hostname).pause();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const body = JSON.stringify({ query });
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await vi.waitUntil(() => app.statements.length > before, { timeout: 10_000 });
  return socket;
}

const honest = async () => {
  const answer = await fetch(`${app.url}/graphql?query={goodPractices{totalCount}}`, {
    headers: { connection: 'close' },
  });
  return [answer.status, await answer.json()];
};

test('many who never read their answers are let go with all that was kept for them, and others are served meanwhile', async () => {
  const whole = await (
    await fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { connection: 'close' } })
  ).text();
  expect(whole.length).toBeGreaterThan(megabytes * 2 ** 20 - 100);
  const served = [200, expect.objectContaining({ data: { goodPractices: { totalCount: 100 } } })];
  const inUse = megabytesInUse();
  const stuck: Socket[] = [];
  for (let n = 0; n < clients; n += 1) {
    stuck.push(await asked());
    expect(await honest()).toEqual(served);
  }
  await vi.waitUntil(async () => (await connections()) === 0, { timeout: 20_000 });
  // The search takes the practices in meanwhile; what is kept for clients would be twice as much.
  expect(megabytesInUse()).toBeLessThan(inUse + (clients * megabytes) / 2);
  expect(await honest()).toEqual(served);
  for (const socket of stuck) {
    const ended = once(socket, 'close');
    socket.resume();
    await ended;
    expect(socket.bytesRead).toBeLessThan(whole.length);
  }
});
