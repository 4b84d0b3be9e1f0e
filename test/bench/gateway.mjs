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
  const [merged, fused, gateway] = await Promise.all(
    ['merged', 'fused', 'gateway'].map((name) => stage.other('executors.mjs', '/', name)),
  );
  for (const [shape, { goodgraph: query, sample }] of Object.entries(shapes)) {
    const asked = shape === deep ? { merged, fused, gateway } : { fused, gateway };
    executors[shape] = await compare(stage, asked, await bodiesOf({ query, sample }));
  }
  const ways = await waysOverHttp();
  for (const [question, asked] of Object.entries(oneWave))
    hops[question] = await compare(stage, ways, await bodiesOf(asked));
} finally {
  await stage.close();
  rmSync(folder, { recursive: true });
}

/** GoodGraph fused, the same behind a plain proxy, and as a gateway to subgraphs in one other process. */
async function waysOverHttp() {
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
const verdict = (what, ratio, floor) =>
  `- ${what}: ${fixed(ratio)}, at most ${fixed(floor)}${ratio > floor ? ', MISSED' : ''}`;
const table = (found) => [
  '| question | way | CPU ms a request: processes | PostgreSQL | both |',
  '|---|---|--:|--:|--:|',
  ...Object.entries(found).flatMap(([question, ways]) =>
    Object.entries(ways).map(
      ([way, { own, database, both }]) =>
        `| ${question} | ${way} | ${fixed(own)} | ${fixed(database)} | ${fixed(both)} |`,
    ),
  ),
];
const verdicts = [
  verdict(`fused to hand-merged, ${deep}`, executors[deep].fused.both / executors[deep].merged.both, floors.merged),
  ...Object.entries(executors).map(([shape, { fused, gateway }]) =>
    verdict(`gateway in process to fused, ${shape}`, gateway.both / fused.both, floors.inProcess),
  ),
];
const hopVerdicts = Object.entries(hops).map(([question, ways]) => {
  const [fused, proxy, gateway] = Object.values(ways).map(({ both }) => both);
  const what = `what the gateway adds to what the proxy adds, ${question}`;
  return verdict(what, (gateway - fused) / (proxy - fused), floors.hops);
});
const text = `# Federation, measured

${new Date().toISOString().slice(0, 10)}, ${practices.toLocaleString('en')} generated practices. ${machine()}.
Medians of 5 interleaved rounds of 3 s, 8 clients, as the anonymous reader; every answer was the same on every way. Made by
\`npm run bench -- gateway\`.

## In one process

Executors behind a bare \`node:http\`, without what Fastify and Apollo add to each alike. Hand-merged is
[one schema with plain resolvers](merged.mjs) on the same loaders; the gateway has every subgraph in its process.

${table(executors).join('\n')}

${verdicts.join('\n')}

## Over HTTP

The whole program, and all processes between the client and the data summed: fused; fused behind
[a plain proxy](proxy.mjs); a gateway and one process with the subgraphs. Each question is one fetch of one subgraph.

${table(hops).join('\n')}

${hopVerdicts.join('\n')}
`;
writeFileSync(new URL('GATEWAY.md', import.meta.url), text);
console.log(text);
