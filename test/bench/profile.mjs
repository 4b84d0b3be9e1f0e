// Where GoodGraph's time goes in one shape: node test/bench/profile.mjs <number of the shape> [practices]
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shapes } from './shapes.mjs';
import { load, openStage } from './stage.mjs';

const [, { goodgraph, sample }] = Object.entries(shapes)[Number(process.argv[2] ?? 1) - 1];
const directory = mkdtempSync(join(tmpdir(), 'goodgraph-profile-'));
const window = [];
const now = () => Number(process.hrtime.bigint() / 1_000n);
const stage = await openStage(Number(process.argv[3] ?? 50_000));
try {
  const bodies = (await stage.query(sample)).map((variables) => ({ query: goodgraph, variables }));
  const server = await stage.goodgraph(['--cpu-prof', `--cpu-prof-dir=${directory}`]);
  await load({ ...stage, server, bodies, milliseconds: 2_000 });
  window.push(now());
  const { rate, process: own, database } = await load({ ...stage, server, bodies, milliseconds: 8_000 });
  console.log(
    `${rate.toFixed(0)} requests/s; CPU ms a request: ${own.toFixed(2)} process, ${database.toFixed(2)} PostgreSQL`,
  );
  window.push(now());
} finally {
  await stage.close();
}

/** Shares of the busy time: by function, and by package or folder of ours. */
const { nodes, samples, timeDeltas, startTime } = JSON.parse(
  readFileSync(join(directory, readdirSync(directory)[0]), 'utf8'),
);
const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
const [functions, packages] = [new Map(), new Map()];
let [busy, at] = [0, startTime];
for (const [index, id] of samples.entries()) {
  at += timeDeltas[index];
  // Starting and stopping are not the requests'.
  if (at < window[0] || at > window[1]) continue;
  const { functionName, url, lineNumber } = byId.get(id);
  if (['(idle)', '(program)', '(root)'].includes(functionName)) continue;
  const place =
    /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ??
    /dist\/(\w+)/.exec(url)?.[1] ??
    (url.split('/')[0] || functionName);
  const file = url.split('/').slice(-2).join('/');
  for (const [map, key] of [
    [functions, `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`],
    [packages, place],
  ])
    map.set(key, (map.get(key) ?? 0) + timeDeltas[index]);
  busy += timeDeltas[index];
}
for (const map of [packages, functions])
  console.log(
    [...map]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 45)
      .map(([key, time]) => `${((time / busy) * 100).toFixed(1).padStart(5)} %  ${key}`)
      .join('\n'),
    '\n',
  );
