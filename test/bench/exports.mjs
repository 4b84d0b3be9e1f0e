// A list as a file: npm run bench -- exports [practices]. First byte, rows a second, and how far memory grows while all
// practices are read as CSV; beside it what a constant answer takes. Writes EXPORTS.md beside this file.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { ask, cpuOf, machine, median, openStage } from './stage.mjs';

const practices = Number(process.argv[2] ?? 50_000);
const rounds = 3;
/** What is generated is made up, and in no file but where somebody asks for it. */
const path = '/practices.csv?origin=ENTERED&origin=REPORTED&origin=DEMONSTRATION';
/** Milliseconds to the first byte, and megabytes of resident memory. */
const most = { first: 300, memory: 50 };

const residentOf = ({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1_024;

/** Reads a file to its end: how long its first byte and all of it took, and what it says of itself. */
function read(server, address) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const call = get({ host: '127.0.0.1', port: server.port, path: address, agent: false }, (response) => {
      let [first, bytes, kept] = [0, 0, ''];
      const hash = createHash('sha256');
      response.on('data', (piece) => {
        first ||= performance.now() - began;
        bytes += piece.length;
        // The last line is not part of what is hashed, and may lie in two pieces.
        const text = kept + piece.toString('latin1');
        const cut = text.lastIndexOf('\n', text.length - 2) + 1;
        hash.update(text.slice(0, cut), 'latin1');
        kept = text.slice(cut);
      });
      response.on('end', () => {
        const told = /sha256=([0-9a-f]{64})/.exec(kept)?.[1];
        const rows = Number(/rows=(\d+)/.exec(kept)?.[1]);
        if (response.statusCode !== 200 || told !== hash.digest('hex'))
          reject(new Error(`${response.statusCode}: no whole file.`));
        else resolve({ first, bytes, rows, seconds: (performance.now() - began) / 1_000 });
      });
      response.on('error', reject);
    });
    call.on('error', reject);
  });
}

const stage = await openStage(practices);
const results = [];
try {
  const server = await stage.goodgraph();
  // A server that has just begun grows whatever it is asked.
  for (let n = 0; n < 300; n += 1) await ask(server, { query: '{ goodPractices(first: 20) { nodes { id title } } }' });
  await read(server, `${path}&country=MT`);
  for (let round = 0; round < rounds; round += 1) {
    const livez = await yardstick(server);
    await setTimeout(2_000);
    const before = residentOf(server);
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, residentOf(server))), 50);
    const [cpu, database] = [cpuOf(server.pid), stage.databaseCpu()];
    const file = await read(server, path);
    clearInterval(watch);
    results.push({
      ...file,
      livez,
      growth: peak - before,
      resident: before,
      rate: file.rows / file.seconds,
      process: (1_000 * (cpuOf(server.pid) - cpu)) / file.rows,
      database: (1_000 * (stage.databaseCpu() - database)) / file.rows,
    });
    console.log(results.at(-1));
  }
} finally {
  await stage.close();
}

/** Milliseconds of the smallest answer that the server gives. */
async function yardstick({ port }) {
  const times = [];
  for (let n = 0; n < 50; n += 1) {
    const began = performance.now();
    await (await fetch(`http://127.0.0.1:${port}/livez`)).text();
    times.push(performance.now() - began);
  }
  return median(times);
}

const of = (name, digits = 0) => median(results.map((each) => each[name])).toFixed(digits);
const worst = (name) => Math.max(...results.map((each) => each[name])).toFixed(0);
const [file] = results;
const text = `# Lists as files, measured

${new Date().toISOString().slice(0, 10)}. ${machine()}. \`/practices.csv\`, ${file.rows.toLocaleString('en')} rows, ${(file.bytes / 2 ** 20).toFixed(0)} MB, read by one client
that shares the machine with server and PostgreSQL; medians of ${rounds} rounds. Made by \`npm run bench -- exports\`.

| | | at most |
|---|--:|--:|
| first byte, ms | ${of('first')} (worst ${worst('first')}) | ${most.first} |
| a constant answer (\`/livez\`), ms | ${of('livez', 1)} | |
| growth of resident memory, MB | ${of('growth')} (worst ${worst('growth')}; from ${results[0].resident.toFixed(0)}) | ${most.memory} |
| rows a second | ${of('rate')} | |
| CPU µs a row: process; PostgreSQL | ${of('process')}; ${of('database')} | |
`;
writeFileSync(new URL('EXPORTS.md', import.meta.url), text);
console.log(text);
