import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { secretHeader } from '../src/http/router-secret.js';
import { subgraphs } from '../src/subgraphs/subgraphs.js';

const folder = fileURLToPath(new URL('../schema/routers/', import.meta.url));
const names = subgraphs.map(({ name }) => name);

/** A file of that folder, as its router reads it. */
const read = async <File>(file: string) => parse(await readFile(join(folder, file), 'utf8'), { strict: true }) as File;

interface Switch {
  enabled: boolean;
}
interface Cosmo {
  headers: { all: { request: { op: string }[] }; subgraphs: Record<string, { request: object[] }> };
  cache_control_policy: Switch;
  subgraph_error_propagation: { mode: string };
  telemetry: { tracing: Switch; metrics: { otlp: Switch; prometheus: Switch } };
  graphql_metrics: Switch;
}
interface Composition {
  subgraphs: { name: string; routing_url: string; schema: { file: string } }[];
}

const cosmo = await read<Cosmo>('cosmo.yaml');

test('each router that ran has its configuration, and no other one', async () => {
  expect((await readdir(folder)).toSorted()).toEqual(['cosmo-subgraphs.yaml', 'cosmo.yaml']);
});

test('Cosmo Router is composed of every subgraph, by its committed schema, where docker-compose.yml runs it', async () => {
  const composition = await read<Composition>('cosmo-subgraphs.yaml');
  expect(composition.subgraphs).toEqual(
    names.map((name) => ({
      name,
      routing_url: `http://${name}:4000/graphql`,
      schema: { file: `../${name}.graphql` },
    })),
  );
  for (const { schema } of composition.subgraphs)
    expect(await readFile(join(folder, schema.file), 'utf8')).toContain('https://specs.apollo.dev/federation/v2.9');
});

test('Cosmo Router shows its secret, which its environment holds, and who asks to our subgraphs alone', async () => {
  const request = [
    { op: 'set', name: secretHeader, value: '${ROUTER_SECRET}' },
    { op: 'propagate', named: 'Authorization' },
  ];
  expect(cosmo.headers.subgraphs).toEqual(Object.fromEntries(names.map((name) => [name, { request }])));
  expect(cosmo.headers.all.request).toEqual([{ op: 'propagate', matching: '(?i)^trace(parent|state)$' }]);
});

test('Cosmo Router hands on lifetimes and errors, and reports to nobody', () => {
  expect(cosmo.cache_control_policy.enabled).toBe(true);
  expect(cosmo.subgraph_error_propagation.mode).toBe('pass-through');
  const { tracing, metrics } = cosmo.telemetry;
  const reports = [tracing, metrics.otlp, metrics.prometheus, cosmo.graphql_metrics];
  expect(reports).toEqual(reports.map(() => ({ enabled: false })));
});
