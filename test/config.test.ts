import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { limits } from '../src/graph/limits.js';
import { createServer } from '../src/http/server.js';

const read = (environment: Record<string, string>) => readConfig({}, environment);

test('without anything set, it serves on the loopback with an embedded database and the real seeds', () => {
  expect(read({})).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    dataDir: '.data',
    databaseUrl: undefined,
    seed: 'real',
    subgraphs: [],
    logLevel: 'info',
  });
});

test('a flag comes before the environment, and an empty variable is none', () => {
  expect(readConfig({ PORT: '5000' }, { PORT: '4001', LOG_LEVEL: '' })).toMatchObject({ port: 5000, logLevel: 'info' });
});

test('every fault is told at once, each with its variable and what would do', () => {
  expect(() =>
    read({
      PORT: '99999',
      SEED: 'some',
      DATABASE_URL: 'mysql://x/y',
      SUBGRAPHS: 'directory,partners',
      MEILI_URL: 'localhost:7700',
      LOG_LEVEL: 'loud',
    }),
  ).toThrow(
    [
      'The configuration cannot be used:',
      '  PORT is above 65535',
      '  DATABASE_URL is not a URL such as postgresql://user:password@host:5432/goodgraph',
      "  SEED is none of 'real', 'demo', 'none'",
      '  SUBGRAPHS names a subgraph that is none of directory, practices, transfers, activities, provenance, discovery',
      '  MEILI_URL is not a URL such as http://127.0.0.1:7700',
      '  LOG_LEVEL is none of fatal, error, warn, info, debug, trace, silent',
    ].join('\n'),
  );
});

test.each([
  [{ METRICS_TOKEN: 'two words' }, 'METRICS_TOKEN is no bearer token; use letters, digits and - . _ ~ + /'],
  [{ PORT: 'http' }, 'PORT is not a port number; use 4000, or 0 for any free port'],
  [{ DATABASE_URL: 'postgresql://localhost' }, 'DATABASE_URL names no database; end it with /goodgraph'],
  [
    { MEILI_URL: 'https://search:secret@example.org' },
    'MEILI_URL holds a user or password; Meilisearch knows keys alone: put its key into MEILI_KEY',
  ],
  [{ MEILI_KEY: 'abc' }, 'MEILI_KEY goes with MEILI_URL; set both or neither'],
  [
    { MEILI_URL: 'http://localhost:7700', MEILI_KEY: 'two words' },
    'MEILI_KEY holds what no key holds, such as a space',
  ],
  [
    { DATABASE_PUBLIC_URL: 'postgresql://localhost/x' },
    'DATABASE_PUBLIC_URL goes with DATABASE_URL; set both or neither',
  ],
  [
    { SUBGRAPHS: 'directory', GATEWAY: 'subgraphs.yaml' },
    'GATEWAY and SUBGRAPHS exclude each other: one process asks subgraphs, or is some of them',
  ],
  [
    { OIDC_ISSUER: 'https://login.example.org' },
    'OIDC_ISSUER and OIDC_AUDIENCE go together: a JWT counts only when it is meant for this service',
  ],
  [
    { OIDC_ISSUER: 'http://login.example.org', OIDC_AUDIENCE: 'graph' },
    'OIDC_ISSUER must be https; http serves the loopback alone',
  ],
  [
    { OIDC_ISSUER: 'http://127.0.0.1.example.org', OIDC_AUDIENCE: 'graph' },
    'OIDC_ISSUER must be https; http serves the loopback alone',
  ],
  [
    { OIDC_ISSUER: 'https://login.example.org?tenant=1', OIDC_AUDIENCE: 'graph' },
    'OIDC_ISSUER holds a query, a fragment or a password; an issuer has none',
  ],
  [
    { OIDC_ISSUER: 'login', OIDC_AUDIENCE: 'graph' },
    'OIDC_ISSUER is not a URL such as https://login.example.org/realms/goodgraph',
  ],
  [
    { SUBGRAPHS: 'directory', HOST: '0.0.0.0' },
    'SUBGRAPHS on HOST 0.0.0.0 needs ROUTER_SECRET: other machines could send it what only the router may',
  ],
])('%o is refused: %s', (environment, fault) => {
  expect(() => read(environment)).toThrow(`The configuration cannot be used:\n  ${fault}`);
});

test.each(['true', '1', '*', 'proxy.example.org', '10.0.0.0/33', '0.0.0.0/0'])(
  'a proxy %s is refused, with what would do',
  (proxy) => {
    expect(() => read({ TRUST_PROXY: `loopback, ${proxy}` })).toThrow(
      `The configuration cannot be used:\n  TRUST_PROXY names '${proxy}'; write addresses, networks such as 10.0.0.0/8, loopback, linklocal, uniquelocal, with commas between`,
    );
  },
);

test('proxies are read as the server takes them', async () => {
  const { trustProxy } = read({
    TRUST_PROXY: 'loopback, linklocal,uniquelocal, 10.0.0.0/8, 192.0.2.1, ::1, fc00::/7,',
  });
  expect(trustProxy).toBe('loopback,linklocal,uniquelocal,10.0.0.0/8,192.0.2.1,::1,fc00::/7');
  const server = createServer({ deadline: limits.deadline, log: pino({ level: 'silent' }), trustProxy });
  server.get('/', ({ ip }) => ip);
  const headers = { 'x-forwarded-for': '198.51.100.7, 10.1.2.3' };
  expect((await server.inject({ url: '/', headers })).body).toBe('198.51.100.7');
});

test('a search server is named by its URL, and by a key where it asks for one', () => {
  expect(read({}).meilisearch).toBeUndefined();
  expect(read({ MEILI_URL: 'https://search.example.org', MEILI_KEY: 'abc' }).meilisearch).toEqual({
    url: 'https://search.example.org',
    key: 'abc',
  });
});

test('an issuer is named with the audience by which it knows this server, by https or on the loopback', () => {
  expect(read({}).oidc).toBeUndefined();
  for (const issuer of [
    'https://login.example.org/realms/a',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
    'http://localhost',
  ])
    expect(read({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'graph' }).oidc).toEqual({ issuer, audience: 'graph' });
});

test('subgraphs on the loopback need no secret, and with one may listen anywhere', () => {
  expect(read({ SUBGRAPHS: 'directory, practices' }).subgraphs).toEqual(['directory', 'practices']);
  expect(read({ SUBGRAPHS: 'directory', HOST: '0.0.0.0', ROUTER_SECRET: 'a,b' }).routerSecrets).toEqual(['a', 'b']);
});
