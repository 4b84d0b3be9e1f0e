// The stage that every measurement stands on: a filled database, servers in processes of their own, and their CPU time.
import { execFileSync, fork, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const main = here('../../dist/main.js');

/** A database with so many practices, made once and kept in the temporary folder. */
export async function openStage(practices) {
  const dataDir = join(tmpdir(), `goodgraph-bench-${practices}`);
  const { openEmbedded } = await import('../../dist/database/embedded/embedded.js');
  const cluster = await openEmbedded({ dataDir, as: 'client', command: 'npm run bench' });
  const { host, port, user, database } = cluster.address;
  const url = `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  const filled = new Client({ connectionString: url });
  await filled.connect();
  const { rows } = await filled.query(`select to_regclass('programme') is not null as migrated`);
  const isFilled =
    rows[0].migrated && (await filled.query(`select from programme where slug = 'generated-programme-1'`)).rowCount > 0;
  const run = (...words) =>
    execFileSync(process.execPath, [main, ...words], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  if (!isFilled) run('bench', 'seed', '--practices', String(practices));
  if (!isFilled || !(await isIndexed(filled))) {
    // Else the servers fill their index, or take all in, while they are measured, and autovacuum follows them.
    run('reindex');
    await filled.query('vacuum analyze');
  }
  const { rows: backend } = await filled.query('select pg_backend_pid() as pid');
  const postmaster = Number(statOf(backend[0].pid)?.[1]);
  const children = [];
  return {
    url,
    /** The same database, with the rights of an anonymous reader. */
    publicUrl: `${url}&options=${encodeURIComponent('-c role=goodgraph_public -c jit=off')}`,
    query: (text) => filled.query(text).then((result) => result.rows),
    /** Milliseconds of CPU of PostgreSQL, the processes that have ended included. */
    databaseCpu: () => databaseCpu(postmaster),
    /** GoodGraph as it is built, with the settings that it starts with in production. */
    goodgraph: (flags = [], settings = {}) => {
      const child = spawn(
        process.execPath,
        ['--max-semi-space-size=8', '--heap-growing-percent=100', ...flags, main, 'start'],
        {
          env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'info', ...settings },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      children.push(child);
      return new Promise((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`GoodGraph ended with ${code}.`)));
        let seen = '';
        child.stdout.on('data', (chunk) => {
          seen = `${seen}${chunk}`.slice(-10_000);
          const found = /answers at http:\/\/127\.0\.0\.1:(\d+)/.exec(seen);
          if (found) resolve({ pid: child.pid, port: Number(found[1]), path: '/graphql' });
        });
      });
    },
    /** One of the servers beside this file, with its arguments. */
    other: (file, path, ...words) => {
      const env = {
        ...process.env,
        NODE_ENV: 'production',
        GRAPHILE_ENV: 'production',
        BENCH_DATABASE: `${url}&options=${encodeURIComponent('-c role=goodgraph_public -c jit=off')}`,
      };
      const child = fork(here(file), words, { env });
      children.push(child);
      return new Promise((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)));
        child.once('message', ({ port: taken }) => resolve({ pid: child.pid, port: taken, path }));
      });
    },
    /** Ends one of the servers before the others. */
    stop: ({ pid }) => ended(children.filter((child) => child.pid === pid)),
    close: async () => {
      await ended(children);
      await filled.end();
      await cluster.release();
    },
  };
}

/** Whether what is searched was indexed by the version that is measured. */
async function isIndexed(filled) {
  const { form } = await import('../../dist/subgraphs/discovery/search/postgresql/tables.js');
  const { rows } = await filled.query(`select to_regclass('goodgraph_search.index_state') is not null as "isThere"`);
  if (!rows[0].isThere) return false;
  return (await filled.query('select from goodgraph_search.index_state where form = $1', [form])).rowCount > 0;
}

async function ended(children) {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

/** The fields of `/proc/<pid>/stat` after the name: state, parent, ... (proc_pid_stat(5)); null once it is gone. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
  } catch {
    return null;
  }
}

const tick = 10;
/** Milliseconds of CPU of a process with all its threads. */
export const cpuOf = (pid) => {
  const stat = statOf(pid);
  return stat ? (Number(stat[11]) + Number(stat[12])) * tick : 0;
};

function databaseCpu(postmaster) {
  const own = statOf(postmaster) ?? [];
  let sum = [11, 12, 13, 14].reduce((total, field) => total + Number(own[field] ?? 0) * tick, 0);
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name) && Number(statOf(name)?.[1]) === postmaster) sum += cpuOf(name);
  return sum;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** POSTs JSON, and answers what came back, parsed. */
export function ask({ port, path }, body, localAddress = '127.0.0.1') {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    const sent = request(
      { agent, port, path, host: '127.0.0.1', localAddress, method: 'POST', headers },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          if (response.statusCode !== 200) reject(new Error(`${response.statusCode}: ${answer.slice(0, 500)}`));
          else resolve(JSON.parse(answer));
        });
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

let loads = 0;

/**
 * Asks for so many milliseconds, or requests, from so many clients at once; requests a second, and CPU milliseconds of each: of the server
 * with the processes `behind` it, and of PostgreSQL.
 */
export async function load({
  server,
  bodies,
  milliseconds = Infinity,
  requests = Infinity,
  clients = 8,
  databaseCpu: cpu,
}) {
  let [next, done] = [0, 0];
  const began = performance.now();
  const own = () => [server, ...(server.behind ?? [])].reduce((sum, { pid }) => sum + cpuOf(pid), 0);
  const [process0, database0] = [own(), cpu()];
  loads += 1;
  // Each client has an address of its own: what one of them may ask for is bounded.
  const client = async (number) => {
    const address = `127.1.${loads % 256}.${number + 1}`;
    while (performance.now() - began < milliseconds && next < requests) {
      const answer = await ask(server, bodies[next++ % bodies.length], address);
      if (answer.errors) throw new Error(JSON.stringify(answer.errors).slice(0, 500));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const seconds = (performance.now() - began) / 1_000;
  return {
    rate: done / seconds,
    process: (own() - process0) / done,
    database: (cpu() - database0) / done,
  };
}

/**
 * CPU milliseconds a request of each server, of it with what is behind it, of PostgreSQL, and `both`: medians of interleaved
 * rounds, once each has answered `warm` requests. Throws where servers answer the first bodies otherwise than the first of them.
 */
export async function compare(stage, servers, bodies, { rounds = 5, milliseconds = 3_000, warm = 4_000 } = {}) {
  const [[first, model]] = Object.entries(servers);
  for (const body of bodies.slice(0, 20)) {
    const expected = await ask(model, body);
    for (const [name, server] of Object.entries(servers)) {
      const { data, errors } = await ask(server, body);
      if (errors) throw new Error(`${name}: ${JSON.stringify(errors).slice(0, 1_000)}`);
      if (!isDeepStrictEqual(data, expected.data)) throw new Error(`${name} answers otherwise than ${first}.`);
    }
  }
  const found = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (const server of Object.values(servers)) await load({ ...stage, server, bodies, requests: warm });
  for (let round = 0; round < rounds; round += 1)
    for (const [name, server] of Object.entries(servers)) {
      const { process: own, database } = await load({ ...stage, server, bodies, milliseconds });
      found[name].push({ own, database, both: own + database });
    }
  const middle = (taken, field) => median(taken.map((each) => each[field]));
  return Object.fromEntries(
    Object.entries(found).map(([name, taken]) => [
      name,
      Object.fromEntries(['own', 'database', 'both'].map((field) => [field, middle(taken, field)])),
    ]),
  );
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The machine, in words. */
export const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${process.platform} ${process.arch}`;
