// Two servers on one database, a proxy before them, constant load; each server is restarted in turn. Counts what is lost.
//
//   npm run build && node test/bench/rolling-restart.mjs [--restarts 10] [--callers 16] [--signal SIGTERM]
//
// On the database of DATABASE_URL, or an embedded one of its own. The last line is JSON; exit code 1: something was lost.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    restarts: { type: 'string', default: '10' },
    callers: { type: 'string', default: '16' },
    signal: { type: 'string', default: 'SIGTERM' },
  },
});
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

const queries = [
  '{ regions(first: 1) { totalCount } }',
  '{ project(slug: "innocrafts") { acronym participations(first: 20) { nodes { partner { name region { name } } } } } }',
  '{ goodPractices(first: 20) { nodes { title owner { name } regions { name } themes { label } } } }',
].map((query) => JSON.stringify({ query }));

/** A PostgreSQL: that of DATABASE_URL, or one that ends with us. */
async function aDatabase() {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) return { url: DATABASE_URL, release: () => undefined };
  const { openEmbedded } = await import('../../dist/database/embedded/embedded.js');
  const home = await mkdtemp(join(tmpdir(), 'goodgraph-rolling-'));
  await chmod(home, 0o755);
  const cluster = await openEmbedded({ dataDir: join(home, 'data'), as: 'client', command: 'rolling-restart' });
  const { host, port, user, database } = cluster.address;
  return {
    url: `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    release: async () => {
      await cluster.release();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A server that can be started again, on another port each time. */
function aServer(databaseUrl) {
  const { PATH, HOME } = process.env;
  const server = { origin: null, isReady: false, agent: null, start, stop };
  let child;
  async function start() {
    child = spawn(process.execPath, [main, 'start'], {
      env: { PATH, HOME, DATABASE_URL: databaseUrl, PORT: '0', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server.origin = await new Promise((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (data) => {
        if (text === null) return;
        text += data;
        const found = /answers at (http:[^"\s]+)\/graphql/.exec(text);
        if (!found) return;
        text = null;
        resolve(found[1]);
      });
      child.on('exit', (code) => reject(new Error(`the server ended with ${code} before it answered:\n${text}`)));
    });
    server.agent = new Agent({ keepAlive: true });
  }
  async function stop(signal) {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
    const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve(code ?? by)));
    child.kill(signal);
    return ended;
  }
  return server;
}

/** Asks `/readyz` all the time, as a load balancer does. */
async function watch(servers, isOver) {
  const look = async (server) => {
    const { origin } = server;
    const isReady = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (origin === server.origin) server.isReady = isReady;
  };
  while (!isOver()) {
    await Promise.all(servers.map(look));
    await sleep(50);
  }
}

/** In turn to each server that is ready. Never a second time: what fails is lost. */
async function aProxy(servers) {
  let turn = 0;
  const proxy = createServer((incoming, outgoing) => {
    const fail = (why) => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end(String(why));
    };
    const ready = servers.filter(({ isReady }) => isReady);
    turn += 1;
    const server = ready[turn % ready.length];
    if (server === undefined) return fail('no server is ready');
    const passed = request(
      `${server.origin}${incoming.url}`,
      { method: incoming.method, headers: { ...incoming.headers, connection: 'keep-alive' }, agent: server.agent },
      (answer) => {
        const { connection: _, ...headers } = answer.headers;
        outgoing.writeHead(answer.statusCode, headers);
        answer.on('error', fail);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', fail);
    incoming.pipe(passed);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${proxy.address().port}`, close: () => proxy.close() };
}

/** Asks one after the other until it is over; an answer counts when it is whole and without an error. */
async function call(url, tally, isOver) {
  for (let n = 0; !isOver(); n += 1) {
    tally.requests += 1;
    const body = queries[n % queries.length];
    try {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const text = await answer.text();
      if (answer.status !== 200 || 'errors' in JSON.parse(text)) throw new Error(`${answer.status} ${text}`);
    } catch (error) {
      tally.lost += 1;
      tally.faults.push(String(error.message).slice(0, 200));
    }
  }
}

const until = async (test) => {
  while (!test()) await sleep(20);
};

const database = await aDatabase();
const servers = [aServer(database.url), aServer(database.url)];
let isOver = false;
const over = () => isOver;
const tally = { requests: 0, lost: 0, faults: [] };
try {
  // One after the other: the first brings the schema and the seeds.
  for (const server of servers) await server.start();
  const watching = watch(servers, over);
  await until(() => servers.every(({ isReady }) => isReady));
  const proxy = await aProxy(servers);
  const began = performance.now();
  const calling = Array.from({ length: Number(values.callers) }, () => call(proxy.url, tally, over));
  const exits = [];
  while (exits.length < Number(values.restarts)) {
    const server = servers[exits.length % servers.length];
    await sleep(300);
    exits.push(await server.stop(values.signal));
    await until(() => !server.isReady);
    await server.start();
    await until(() => server.isReady);
  }
  isOver = true;
  await Promise.all([...calling, watching]);
  proxy.close();
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const faults = [...new Set(tally.faults)].slice(0, 5);
  console.log(JSON.stringify({ ...tally, faults, restarts: exits.length, exits: [...new Set(exits)], seconds }));
  process.exitCode = tally.lost > 0 ? 1 : 0;
} finally {
  isOver = true;
  await Promise.all(servers.map((server) => server.origin && server.stop('SIGKILL')));
  await database.release();
}
