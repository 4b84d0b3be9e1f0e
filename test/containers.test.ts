import { mkdtemp, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DCLinter } from 'dclint';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, variableNames } from '../src/config.js';
import { secretHeader } from '../src/http/router-secret.js';
import { subgraphs } from '../src/subgraphs/subgraphs.js';
import { aDatabase } from './support/database.js';
import { buildContext, remove, replay, stages } from './support/dockerfile.js';
import { runs } from './support/process.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = subgraphs.map(({ name }) => name);

interface Service {
  image?: string;
  build?: string;
  profiles?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
  configs?: { source: string; target: string }[];
}
interface Compose {
  services: Record<string, Service>;
  configs: Record<string, { file?: string; content?: string }>;
  volumes: Record<string, null>;
}
interface RouterConfig {
  supergraph: { path: string };
  override_subgraph_urls: { subgraphs: Record<string, { url: string }> };
  error_masking: { enabled: boolean };
  headers: { all: object; subgraphs: Record<string, { request: object[] }> };
}

const composeFile = join(root, 'docker-compose.yml');
const text = await readFile(composeFile, 'utf8');
const { services, configs, volumes } = parse(text, { merge: true }) as Compose;
const router = parse(configs['router']?.content ?? '') as RouterConfig;
const [build = [], final = []] = await stages();

/** What dclint says of a compose file, by the specification's schema and by its own rules of substance. */
function complaints(file: string): string[] {
  const order = ['service-dependencies', 'services'].map((what) => `${what}-alphabetical-order`);
  // Of the two that take the port, one is a profile's.
  const off = [...order, 'service-keys-order', 'top-level-properties-order', 'no-duplicate-exported-ports'];
  const rules = Object.fromEntries(off.map((rule) => [rule, 0 as const]));
  const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] });
  const results: { messages: { rule: string; message: string }[] }[] = linter.lintFiles([file], false);
  return results.flatMap(({ messages }) => messages.map(({ rule, message }) => `${rule}: ${message}`));
}

/** The text with every `${NAME:?…}` replaced, as compose does. */
const filled = (value: string) => value.replaceAll(/\$\{(\w+)(:\?[^}]*)?\}/g, 'secret');

describe('docker-compose.yml', () => {
  test('runs one service for each subgraph, which the program starts with', () => {
    const found = Object.entries(services).filter(([, { environment }]) => environment?.['SUBGRAPHS'] !== undefined);
    expect(found.map(([name, { environment }]) => [name, environment?.['SUBGRAPHS']])).toEqual(
      names.map((name) => [name, name]),
    );
    for (const [name, { environment = {} }] of [...found, ['goodgraph', services['goodgraph'] ?? {}] as const]) {
      const given = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filled(value)]));
      expect(Object.keys(given).filter((key) => !variableNames.includes(key))).toEqual([]);
      expect(readConfig({}, given)).toMatchObject({ subgraphs: name === 'goodgraph' ? [] : [name], host: '0.0.0.0' });
    }
  });

  test('one of them alone loads the seeds, and the others wait for it', () => {
    expect(names.filter((name) => services[name]?.environment?.['SEED'] === 'real')).toEqual(['directory']);
    for (const name of names.slice(1))
      expect(services[name]?.depends_on).toMatchObject({ directory: { condition: 'service_healthy' } });
  });

  test('every service tells its health, but the router, which waits for all the others', () => {
    const mute = Object.keys(services).filter((name) => services[name]?.healthcheck === undefined);
    expect(mute).toEqual(['router']);
    expect(Object.keys(services['router']?.depends_on ?? {})).toEqual(names);
    for (const { depends_on: waited = {} } of Object.values(services))
      for (const [name, { condition }] of Object.entries(waited)) {
        expect(services[name]?.healthcheck).toBeDefined();
        expect(condition).toBe('service_healthy');
      }
  });

  test('the router asks each subgraph where it runs, and shows its secret and who asks to them alone', () => {
    const { subgraphs: urls } = router.override_subgraph_urls;
    expect(urls).toEqual(Object.fromEntries(names.map((name) => [name, { url: `http://${name}:4000/graphql` }])));
    const insert = { name: secretHeader, value: '${ROUTER_SECRET:?set it in .env}' };
    const request = [{ propagate: { named: 'authorization' } }, { insert }];
    expect(router.headers.subgraphs).toEqual(Object.fromEntries(names.map((name) => [name, { request }])));
    expect(Object.keys(router.headers.all)).toEqual(['response']);
    expect(router.error_masking).toEqual({ enabled: false });
  });

  test('the router reads the supergraph that is committed, under the path that is mounted', async () => {
    const mounted = Object.fromEntries(
      (services['router']?.configs ?? []).map(({ source, target }) => [source, target]),
    );
    expect(mounted['supergraph']).toBe(router.supergraph.path);
    expect(mounted['router']).toBe(services['router']?.environment?.['ROUTER_CONFIG_FILE_PATH']);
    expect(configs['supergraph']?.file).toBe('./schema/supergraph.graphql');
    const supergraph = await readFile(join(root, 'schema/supergraph.graphql'), 'utf8');
    const graphs = [...supergraph.matchAll(/@join__graph\(name: "(\w+)"/g)].map(([, name]) => name);
    expect(graphs.toSorted()).toEqual(names.toSorted());
  });

  test('all in one is a profile, and nobody else takes its port while it is not asked for', () => {
    expect(Object.keys(services).filter((name) => services[name]?.profiles)).toEqual(['goodgraph']);
    const open = Object.keys(services).filter((name) => services[name]?.ports);
    expect(open).toEqual(['router', 'goodgraph']);
    for (const name of open) expect(services[name]?.ports).toEqual(['127.0.0.1:4000:4000']);
  });

  test('no secret stands in it, none has a default, and the data has a volume', () => {
    const asked = [...text.matchAll(/\$\{(\w+)([^}]*)\}/g)].map(([, name, rest]) => [name, rest]);
    expect(new Set(asked.map(String))).toEqual(
      new Set(['POSTGRES_PASSWORD', 'ROUTER_SECRET', 'MEILI_MASTER_KEY'].map((name) => `${name},:?set it in .env`)),
    );
    expect(services['postgres']?.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(services['meilisearch']?.volumes).toEqual(['meilisearch:/meili_data']);
    expect(Object.keys(volumes)).toEqual(['postgres', 'meilisearch']);
    expect(services['postgres']?.image).toBe('postgres:18');
  });

  test('Meilisearch asks for its key, tells nobody of us, and is waited for by those that search', () => {
    expect(services['meilisearch']).toMatchObject({
      image: expect.stringMatching(/^getmeili\/meilisearch:v1\.(4[89]|[5-9]\d)\.\d+$/) as string,
      environment: {
        MEILI_ENV: 'production',
        MEILI_MASTER_KEY: '${MEILI_MASTER_KEY:?set it in .env}',
        MEILI_NO_ANALYTICS: 'true',
      },
    });
    const waiting = Object.keys(services).filter((name) => services[name]?.depends_on?.['meilisearch']);
    expect(waiting).toEqual(['discovery', 'goodgraph']);
    for (const name of waiting)
      expect(services[name]?.environment).toMatchObject({
        MEILI_URL: 'http://meilisearch:7700',
        MEILI_KEY: '${MEILI_MASTER_KEY:?set it in .env}',
      });
  });

  test('it keeps to the Compose specification', () => {
    expect(complaints(composeFile)).toEqual([]);
  });

  test.each([
    ['interval: 5s', 'intervall: 5s', /^invalid-schema: .*\/healthcheck.* must NOT have additional properties/],
    ['content: |', 'contents: |', /^invalid-schema: .*\/configs\/router.* must NOT have additional properties/],
    ['condition: service_healthy', 'condition: healthy', /^invalid-schema: .*\/depends_on/],
    ['meilisearch:v1.50.0', 'meilisearch:latest', /^service-image-require-explicit-tag: /],
  ])('a file with another word for %s does not', async (right, wrong, complaint) => {
    const folder = await mkdtemp(join(tmpdir(), 'goodgraph-compose-'));
    const file = join(folder, 'docker-compose.yml');
    await writeFile(file, text.replace(right, wrong));
    expect(complaints(file)).toEqual([expect.stringMatching(complaint)]);
    await remove(folder);
  });
});

describe('the Dockerfile', () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map(remove)));

  test('both stages are Node 26 on a slim Debian, and the program does not run as root', () => {
    const bases = [build, final].map(([from]) => from?.text.split(' ')[0]);
    expect(bases).toEqual(['node:26-trixie-slim', 'node:26-trixie-slim']);
    expect(final.filter(({ name }) => name === 'USER').map(({ text: user }) => user)).toEqual(['node']);
    expect(final.find(({ name, text: run }) => name === 'RUN' && run.includes('npm ci'))?.text).toMatch(
      /^npm ci --omit=dev /,
    );
  });

  test('the build sees what it copies, and nothing else of the checkout', async () => {
    const copied = [...build, ...final].flatMap(({ name, text: paths }) =>
      name === 'COPY' && !paths.startsWith('--from') ? paths.split(' ').slice(0, -1) : [],
    );
    expect(await buildContext()).toEqual(new Set(copied));
    for (const path of copied) expect(await stat(join(root, path))).toBeDefined();
  });

  test(
    'its last stage starts, answers and stops, with our packages in the place of an install',
    { timeout: 60_000 },
    async () => {
      const app = await mkdtemp(join(tmpdir(), 'goodgraph-image-'));
      folders.push(app);
      const ran: string[] = [];
      await replay(final, {
        app,
        run: async (command) => {
          ran.push(command);
          await symlink(join(root, 'node_modules'), join(app, 'node_modules'));
        },
      });
      expect(ran).toHaveLength(1);
      const [program, ...words] = JSON.parse(final.find(({ name }) => name === 'CMD')?.text ?? '[]') as string[];
      expect(program).toBe('node');
      const { host, port, user } = inject('postgres');
      const { name } = await aDatabase();
      const database = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
      const running = runs('/bin/sh', ['-c', `cd ${app} && exec "$@"`, 'sh', process.execPath, ...words], {
        DATABASE_URL: database,
        PORT: '0',
        SUBGRAPHS: 'directory',
      });
      const [, url] = await running.says(/answers at (http:[^"\s]+)\/graphql/);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const asked = await fetch(`${url}/graphql?query=${encodeURIComponent('{ projects { totalCount } }')}`);
      expect(await asked.json()).toMatchObject({ data: { projects: { totalCount: 4 } } });
      running.child.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    },
  );
});
