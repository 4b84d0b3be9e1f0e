import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll } from 'vitest';
import type { ServerAddress } from '../../src/subgraphs/discovery/search/meilisearch/server.js';

const binary = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'meilisearch'))
  .find(existsSync);

const given = process.env['MEILI_URL'];

/** Tests of a real server are under `describe.skipIf(!hasMeilisearch)`. */
export const hasMeilisearch = given !== undefined || binary !== undefined;

if (!hasMeilisearch)
  console.warn(
    'SKIPPED: tests of the Meilisearch engine. They need a server of 1.48.2 or newer: put `meilisearch` on the PATH, ' +
      'or name an empty one by MEILI_URL and MEILI_KEY, whose indexes they replace.',
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A key that is asked for, so that it is sent. */
const key = 'key-of-the-tests-only';

export interface RunningMeilisearch extends ServerAddress {
  /** Ends it as a power cut does; undefined for a server that is not ours. */
  kill?(): Promise<void>;
  /** Starts it again on what it had stored. */
  restart?(): Promise<void>;
}

/** A server of this test file's own, or the one that is named. Gone after the file. */
export async function aMeilisearch(): Promise<RunningMeilisearch> {
  if (given !== undefined) return { url: given, key: process.env['MEILI_KEY'] };
  const folder = mkdtempSync(join(tmpdir(), 'goodgraph-meilisearch-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = async () => {
    const words = [
      '--no-analytics',
      '--http-addr',
      `127.0.0.1:${port}`,
      '--master-key',
      key,
      '--db-path',
      join(folder, 'data'),
      // As in docker-compose.yml, where it says why.
      '--max-indexing-memory',
      '1Gb',
    ];
    const child = spawn(binary as string, [...words, '--env', 'development', '--log-level', 'ERROR'], {
      cwd: folder,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (!(await answers(url))) {
      if (child.exitCode !== null) throw new Error(`meilisearch ended with ${child.exitCode}.`);
      await setTimeout(20);
    }
    return { child, ended };
  };
  let running = await start();
  const kill = async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  };
  afterAll(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url,
    key,
    kill,
    restart: async () => {
      running = await start();
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );
