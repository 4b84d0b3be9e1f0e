import { pino } from 'pino';
import { expect, test } from 'vitest';
import { limits } from '../../src/graph/limits.js';
import { createServer } from '../../src/http/server.js';

test('a request is one line of the log, with what was asked and what came of it', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  await using server = createServer({ log, trustProxy: undefined, deadline: limits.deadline });
  server.get('/there', async () => 'here');
  await server.inject({ url: '/there?a=1', headers: { 'x-request-id': 'mine' } });
  await server.inject('/nowhere');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 30, reqId: 'mine', req: { method: 'GET', url: '/there?a=1' }, res: { statusCode: 200 } },
    { level: 30, req: { url: '/nowhere' }, res: { statusCode: 404 } },
  ]);
});
