// What federation costs: npm run bench -- gateway [practices]. Writes GATEWAY.md beside this file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subgraphs } from '../../dist/subgraphs/subgraphs.js';
import { shapes } from './shapes.mjs';
import { compare, machine, openStage } from './stage.mjs';

const practices = Number(process.argv[2] ?? 50_000);
const deep = 'partner, deep';
/** What must hold: fused to hand-merged, gateway in process to fused, and a gateway's hop to a proxy's. */
const floors = { merged: 1.2, inProcess: 3, hops: 3 };
/** A hop is a small difference of large sums: a few long rounds told ratios from 1.4 to 4.5 of the same programs. */
const rounds = {
  executors: { rounds: 5, milliseconds: 3_000, warm: 4_000 },
  hops: { rounds: 60, milliseconds: 800, warm: 15_000 },
};
/** Ways to execute in one process: see executors.mjs. */
const ways = ['fused', 'planned', 'all-in-one', 'gateway'];

/** Questions to the practices alone: one fetch, one wave. */
const oneWave = {
  'one practice': {
    query: `query ($slug: String!) { goodPractice(slug: $slug) {
      slug title summary themes { slug label } measurements { achieved indicator { name unit } } } }`,
    sample: shapes['one practice'].sample,
  },
  'twenty practices': {
    query: `query { goodPractices(first: 20, orderBy: UPDATED_DESC) { nodes { slug title summary } } }`,
    sample: `select 1 as nothing`,
  },
};

const folder = mkdtempSync(join(tmpdir(), 'goodgraph-bench-gateway-'));
const stage = await openStage(practices);
const [executors, hops] = [{}, {}];
const bodiesOf = async ({ query, sample }) => (await stage.query(sample)).map((variables) => ({ query, variables }));
try {
  await stage.query('analyze');
  const servers = {};
  for (const name of ['hand-merged', ...ways]) servers[name] = await stage.other('executors.mjs', '/', name);
  for (const [shape, { goodgraph: query, sample }] of Object.entries(shapes)) {
    const asked = Object.entries(servers).filter(([name]) => shape === deep || name !== 'hand-merged');
    executors[shape] = await compare(
      stage,
      Object.fromEntries(asked),
      await bodiesOf({ query, sample }),
      rounds.executors,
    );
  }
  const apart = await overHttp();
  for (const [question, asked] of Object.entries(oneWave))
    hops[question] = await compare(stage, apart, await bodiesOf(asked), rounds.hops);
} finally {
  await stage.close();
  rmSync(folder, { recursive: true });
}

/** GoodGraph fused, the same behind a plain proxy, and as a gateway to subgraphs in one other process. */
async function overHttp() {
  const secret = { ROUTER_SECRET: 'between us' };
  // It counts what each client may ask for, whom the proxy names.
  const fused = await stage.goodgraph([], { TRUST_PROXY: 'loopback' });
  const proxy = { ...(await stage.other('proxy.mjs', fused.path, String(fused.port))), behind: [fused] };
  const names = subgraphs.map(({ name }) => name);
  const apart = await stage.goodgraph([], { ...secret, SUBGRAPHS: names.join() });
  const file = join(folder, 'subgraphs.yaml');
  const places = names.map((name) => `  ${name}: { url: "http://127.0.0.1:${apart.port}/${name}/graphql" }\n`);
  writeFileSync(file, `subgraphs:\n${places.join('')}`);
  const gateway = { ...(await stage.goodgraph([], { ...secret, GATEWAY: file })), behind: [apart] };
  return { fused, 'fused behind a proxy': proxy, 'gateway and subgraph': gateway };
}

const fixed = (value) => value.toFixed(2);
const verdict = (what, found, most) =>
  `- ${what}: ${fixed(found)}, at most ${fixed(most)}${found > most ? ', MISSED' : ''}`;
const table = (found) => [
  '| question | way | CPU ms a request: processes | PostgreSQL | both |',
  '|---|---|--:|--:|--:|',
  ...Object.entries(found).flatMap(([question, costs]) =>
    Object.entries(costs).map(
      ([way, { own, database, both }]) =>
        `| ${question} | ${way} | ${fixed(own)} | ${fixed(database)} | ${fixed(both)} |`,
    ),
  ),
];
const inWords = ({ rounds: count, milliseconds, warm }) =>
  `Medians of ${count} interleaved rounds of ${milliseconds / 1_000} s, after ${warm.toLocaleString('en')} requests each.`;
const ratio = (shape, way, to) => executors[shape][way].both / executors[shape][to].both;
const verdicts = [
  verdict(`fused to hand-merged, ${deep}`, ratio(deep, 'fused', 'hand-merged'), floors.merged),
  ...Object.keys(executors).flatMap((shape) => [
    verdict(`planned to fused, ${shape}`, ratio(shape, 'planned', 'fused'), floors.inProcess),
    verdict(`gateway to all-in-one, ${shape}`, ratio(shape, 'gateway', 'all-in-one'), floors.inProcess),
  ]),
];
const hopVerdicts = Object.entries(hops).map(([question, costs]) => {
  const [fused, proxy, gateway] = Object.values(costs).map(({ both }) => both);
  const what = `what the gateway adds to what the proxy adds, ${question}`;
  return verdict(what, (gateway - fused) / (proxy - fused), floors.hops);
});
const text = `# Federation, measured

${new Date().toISOString().slice(0, 10)}, ${practices.toLocaleString('en')} generated practices. ${machine()}.
8 clients at a time, as the anonymous reader; every answer was the same on every way. Made by \`npm run bench -- gateway\`.

## In one process

Executors behind a bare \`node:http\`, without what Fastify and Apollo add to each alike. ${inWords(rounds.executors)}

- hand-merged: [one schema with plain resolvers](merged.mjs) on the same loaders, for the deep query alone
- fused: our subgraphs as one schema; planned: the same behind the planner, each subgraph asked in this process
- all-in-one and gateway: the two as they run, what asks for declared data alone compiled into one statement

${table(executors).join('\n')}

${verdicts.join('\n')}

## Over HTTP

The whole program, and all processes between the client and the data summed: fused; fused behind
[a plain proxy](proxy.mjs); a gateway and one process with the subgraphs. Each question is one fetch of one subgraph. ${inWords(rounds.hops)}

${table(hops).join('\n')}

${hopVerdicts.join('\n')}
`;
writeFileSync(new URL('GATEWAY.md', import.meta.url), text);
console.log(text);
