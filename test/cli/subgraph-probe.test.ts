import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { checkSubgraph, type CheckReport } from '../../src/cli/subgraph-check.js';
import { goodgraph } from '../support/process.js';
import { aPartner, aService, probed, sdl } from '../support/partner-service.js';

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-probe-'));
afterAll(() => rm(folder, { recursive: true }));

function* endless() {
  while (true) yield Buffer.alloc(10_000, ' ');
}

describe('a partner that cannot be used is told in one line', () => {
  test.each([
    ['never answers', () => undefined, 'It did not answer within 500 ms.'],
    [
      'never ends its answer',
      (_: unknown, response: ServerResponse) => response.write('{"data":'),
      'It did not answer within 500 ms.',
    ],
    [
      'answers a page',
      (_: unknown, response: ServerResponse) =>
        response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Hi</h1>'),
      'It answers a page and no GraphQL (status 200, text/html: <!doctype html><h1>Hi</h1>).',
    ],
    [
      'answers something else',
      (_: unknown, response: ServerResponse) => response.writeHead(404).end('not\u001b[31m found\n'),
      'It does not answer GraphQL (status 404, no content type: not [31m found).',
    ],
    [
      'answers nothing',
      (_: unknown, response: ServerResponse) => response.end(),
      'It does not answer GraphQL (status 200, no content type: nothing).',
    ],
    [
      'answers 10 MB',
      (_: unknown, response: ServerResponse) => response.end(`{"data":"${'x'.repeat(10_000_000)}"}`),
      'It answers more than 100000 bytes; the rest was not read.',
    ],
    [
      'answers 10 MB in a small parcel',
      (_: unknown, response: ServerResponse) =>
        response.setHeader('content-encoding', 'gzip').end(gzipSync(`{"data":"${'x'.repeat(10_000_000)}"}`)),
      'It answers more than 100000 bytes; the rest was not read.',
    ],
    [
      'answers without end',
      (_: unknown, response: ServerResponse) => Readable.from(endless()).pipe(response),
      'It answers more than 100000 bytes; the rest was not read.',
    ],
    [
      'redirects in a circle',
      ({ url }: IncomingMessage, response: ServerResponse) => response.writeHead(307, { location: url }).end(),
      'It redirects (307) to /graphql, and routers do not follow.',
    ],
    ['hangs up', (_: unknown, response: ServerResponse) => response.destroy(), 'It cannot be reached: UND_ERR_SOCKET.'],
    [
      'has no _service',
      (_: unknown, response: ServerResponse) =>
        response.end('{"errors":[{"message":"Cannot query field \\"_service\\"."}]}'),
      'It does not tell its SDL: Cannot query field "_service".',
    ],
    [
      'tells an SDL that is none',
      (_: unknown, response: ServerResponse) => response.end('{"data":{"_service":{"sdl":"type A {"}}}'),
      'Of what is served: It is not GraphQL: Syntax Error: Expected Name, found <EOF>.',
    ],
  ])('%s', async (_, answer, message) => {
    const service = await aService(answer);
    const deadline = message.includes('within') ? { deadline: 500 } : {};
    expect((await probed(service, deadline))[0]).toBe(`fault: ${message}`);
    // Nothing more is asked of one that does not answer.
    expect(service.headers).toHaveLength(/SDL|served/.test(message) ? 6 : 1);
  });

  test('takes too long for all answers together', async () => {
    const slow = await aService((_request, response) =>
      setTimeout(() => response.end(JSON.stringify({ data: { _service: { sdl } } })), 300),
    );
    expect(await probed(slow, { deadline: 10_000, whole: 500 })).toEqual([
      'fault: Its answers took more than 500 ms together.',
    ]);
  });

  test('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
    await once(server, 'close');
    expect(await probed({ url })).toEqual(['fault: It cannot be reached: ECONNREFUSED.']);
  });
});

test('a partner that serves another SDL than was checked is told what differs', async () => {
  const partner = await aPartner(
    {},
    sdl.replace('places: Int', 'places: String').replace('"Given."', '"Given by us."'),
  );
  expect((await probed(partner))[0]).toBe(
    "fault: It serves another SDL than the file's: Workshop: Given. (only in the file); Workshop: places: Int (only in the file); " +
      'Workshop: Given by us. (only in what is served); Workshop: places: String (only in what is served).',
  );
});

test('the layout and the order of a served SDL make no difference', async () => {
  const [link = '', practice = '', workshop = ''] = sdl.trim().split('\n');
  expect(
    await probed(await aPartner({}, [link, workshop, practice.replaceAll(/([({}:])/g, '\n$1\n')].join('\n\n'))),
  ).toEqual([]);
});

describe('the command', () => {
  const file = join(folder, 'workshops.graphql');

  test('sends the partner no secret of ours, prints JSON, and ends with 1 on faults', { timeout: 60_000 }, async () => {
    await writeFile(file, sdl);
    const { url, headers } = await aPartner({ practice: (reference) => reference });
    const secrets = { ROUTER_SECRET: 'never-to-be-seen', METRICS_TOKEN: 'never-to-be-seen' };
    const running = goodgraph(['subgraph', 'check', file, '--url', url.href, '--json'], secrets);
    expect(await running.ended).toBe(1);
    const report = JSON.parse(running.output()) as CheckReport;
    expect(report).toMatchObject({
      subgraph: 'workshops',
      passed: false,
      adds: ['GoodPractice.workshops: [Workshop!]', 'Workshop'],
    });
    expect(report.checks.at(-1)).toEqual({ check: 'probe', outcome: 'failed' });
    expect(headers.length).toBeGreaterThan(3);
    expect(JSON.stringify(headers)).not.toMatch(/never-to-be-seen|x-router-secret|authorization/);
  });

  test.each(['nowhere', 'ftp://127.0.0.1/', 'http://user:word@127.0.0.1/'])('%s is no address to ask', async (url) => {
    await writeFile(file, sdl);
    const { findings } = await checkSubgraph({ file, url });
    expect(findings).toMatchObject([{ check: 'probe', message: '--url is no address to ask.' }]);
    expect(JSON.stringify(findings)).not.toContain('word@');
  });
});
