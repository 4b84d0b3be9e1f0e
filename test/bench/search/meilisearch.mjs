// The Meilisearch that is measured: the one that MEILI_URL names, or one of our own from the PATH.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const binary = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'meilisearch'))
  .find(existsSync);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Undefined where there is none. `kill` and `start` are those of a server of our own. */
export async function openMeilisearch() {
  const { MEILI_URL: url, MEILI_KEY: key } = process.env;
  if (url) return { url, key, version: await versionOf(url, key), close: async () => undefined };
  if (!binary) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'goodgraph-bench-meilisearch-'));
  const port = await freePort();
  const own = { url: `http://127.0.0.1:${port}`, key: 'key-of-the-bench-only' };
  const words = [
    '--no-analytics',
    '--http-addr',
    `127.0.0.1:${port}`,
    '--master-key',
    own.key,
    '--db-path',
    join(folder, 'data'),
    // As in docker-compose.yml, where it says why.
    '--max-indexing-memory',
    '1Gb',
    '--max-indexing-threads',
    String(availableParallelism()),
  ];
  let child;
  const start = async () => {
    child = spawn(binary, [...words, '--env', 'development', '--log-level', 'ERROR'], { cwd: folder, stdio: 'ignore' });
    while (!(await answers(own.url))) {
      if (child.exitCode !== null) throw new Error(`meilisearch ended with ${child.exitCode}.`);
      await setTimeout(20);
    }
  };
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    ...own,
    version: await versionOf(own.url, own.key),
    kill,
    start,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (url) =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

async function versionOf(url, key) {
  const headers = key ? { authorization: `Bearer ${key}` } : {};
  const { pkgVersion } = await (await fetch(new URL('/version', url), { headers })).json();
  return pkgVersion;
}
