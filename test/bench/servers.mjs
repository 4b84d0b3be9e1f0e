// Four shapes, three servers on one database: npm run bench -- servers [practices]. Writes RESULTS.md beside this file.
import { isDeepStrictEqual } from 'node:util';
import { writeFileSync } from 'node:fs';
import { functions, shapes } from './shapes.mjs';
import { ask, load, machine, median, openStage } from './stage.mjs';

const practices = Number(process.argv[2] ?? 50_000);
const rounds = 5;
const milliseconds = 3_000;
/** What GoodGraph must reach of the hand-written server's requests a second. */
const floors = { 'one practice': 0.2, 'twenty practices': 0.3, 'region and theme': 0.25, 'partner, deep': 0.2 };

const stage = await openStage(practices);
const results = [];
try {
  for (const statement of [functions, 'analyze']) await stage.query(statement);
  const servers = {
    'hand-written': await stage.other('hand-written.mjs', '/'),
    GoodGraph: await stage.goodgraph(),
    'PostGraphile 5': await stage.other('postgraphile.mjs', '/graphql'),
  };
  const asked = {};
  for (const [number, [shape, { goodgraph, postgraphile, sample, same }]] of Object.entries(shapes).entries()) {
    const samples = await stage.query(sample);
    asked[shape] = {
      'hand-written': samples.map((variables) => ({ shape: number, variables })),
      GoodGraph: samples.map((variables) => ({ query: goodgraph, variables })),
      'PostGraphile 5': samples.map((variables) => ({ query: postgraphile, variables })),
    };
    for (const index of [...samples.keys()].slice(0, 20)) await compare(servers, asked[shape], index, same);
  }
  for (let round = 0; round < rounds; round += 1)
    for (const shape of Object.keys(shapes))
      for (const [name, server] of Object.entries(servers)) {
        const bodies = asked[shape][name];
        if (round === 0) await load({ ...stage, server, bodies, milliseconds: milliseconds / 2 });
        results.push({ shape, name, ...(await load({ ...stage, server, bodies, milliseconds })) });
      }
} finally {
  await stage.close();
}

async function compare(servers, bodies, index, same) {
  const answers = {};
  for (const [name, server] of Object.entries(servers)) {
    const { data, errors } = await ask(server, bodies[name][index]);
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors).slice(0, 1_000)}`);
    answers[name] = same[name]?.(data) ?? data;
  }
  for (const [name, answer] of Object.entries(answers))
    if (!isDeepStrictEqual(answer, answers['hand-written']))
      throw new Error(
        `${name} answers otherwise:\n${JSON.stringify(answer).slice(0, 2_000)}\n${JSON.stringify(answers['hand-written']).slice(0, 2_000)}`,
      );
}

const of = (shape, name) => results.filter((result) => result.shape === shape && result.name === name);
const middle = (shape, name, field) => median(of(shape, name).map((result) => result[field]));
const fixed = (value, digits = 2) => value.toFixed(digits);

const lines = [
  '| shape | server | requests/s | of hand-written | CPU ms a request: process | PostgreSQL | both |',
  '|---|---|--:|--:|--:|--:|--:|',
];
const verdicts = [];
for (const shape of Object.keys(shapes)) {
  const best = middle(shape, 'hand-written', 'rate');
  for (const name of ['hand-written', 'GoodGraph', 'PostGraphile 5']) {
    const [rate, own, database] = ['rate', 'process', 'database'].map((field) => middle(shape, name, field));
    lines.push(
      `| ${shape} | ${name} | ${fixed(rate, 0)} | ${fixed(rate / best)} | ${fixed(own)} | ${fixed(database)} | ${fixed(own + database)} |`,
    );
    if (name === 'GoodGraph')
      verdicts.push(`${shape}: ${fixed(rate / best)} of the hand-written server, floor ${fixed(floors[shape])}`);
  }
}
const text = `# Four shapes, measured

${new Date().toISOString().slice(0, 10)}, ${practices.toLocaleString('en')} generated practices. ${machine()}.
Medians of ${rounds} interleaved rounds of ${milliseconds / 1_000} s, 8 clients; every server as the anonymous reader on one database, which
shares the machine with them and with the clients. Made by \`npm run bench -- servers\`.

${lines.join('\n')}

${verdicts.map((verdict) => `- ${verdict}`).join('\n')}
`;
writeFileSync(new URL('RESULTS.md', import.meta.url), text);
console.log(text);
