// How long honest clients wait while others send hostile documents, and how soon these are answered.
//   node test/bench/hostile.mjs [http://127.0.0.1:4000]
// Arrivals are on a clock, whether or not the answers before have come: waiting is counted.
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { hostile } from '../support/hostile.ts';

const url = new URL('/graphql', process.argv[2] ?? 'http://127.0.0.1:4000');
const [rounds, seconds, honestPerSecond, hostilePerSecond] = [5, 8, 50, 25];
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

const honest = {
  name: 'honest',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    query: `query Innocrafts { project(slug: "innocrafts") { acronym title programme { name } themes { notation label }
      participations(first: 3) { totalCount nodes { role partner { name region { code name } } } } } }`,
  }),
};

let turn = 0;
/** The next of them, as nobody has sent it before: what the server knows of a document does not help. */
function nextHostile() {
  const each = hostile[turn++ % hostile.length];
  if (!/^\{"query":".*\}$/.test(String(each.body)) || each.body.length > 100_000) return each;
  const { query, variables } = JSON.parse(each.body);
  return { ...each, body: JSON.stringify({ query: `${query} # ${turn}`, variables }) };
}

/** Milliseconds until the whole answer is there, and its status. */
const send = ({ name, body, headers }) =>
  new Promise((resolve) => {
    const start = performance.now();
    const done = (status) => resolve({ name, status, time: performance.now() - start });
    const accept = 'application/graphql-response+json';
    const length = Buffer.byteLength(body);
    const call = request(url, { method: 'POST', agent, headers: { ...headers, accept, 'content-length': length } });
    call.on('response', (answer) => answer.resume().on('end', () => done(answer.statusCode)));
    // A body that is too large is answered, and its connection closed, while it is still being sent.
    call.on('error', (error) => done(error.code));
    call.end(body);
  });

async function arrivals(perSecond, next) {
  const answers = [];
  const start = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    await setTimeout(Math.max(0, start + (n * 1000) / perSecond - performance.now()));
    answers.push(send(next(n)));
  }
  return Promise.all(answers);
}

const at = (answers, share) => {
  const times = answers.map(({ time }) => time).toSorted((a, b) => a - b);
  return times[Math.ceil(share * times.length) - 1];
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

await arrivals(honestPerSecond, () => honest);
const [quiet, busy, refused] = [[], [], []];
for (let round = 0; round < rounds; round += 1) {
  quiet.push(at(await arrivals(honestPerSecond, () => honest), 0.99));
  const [answers, hostiles] = await Promise.all([
    arrivals(honestPerSecond, () => honest),
    arrivals(hostilePerSecond, nextHostile),
  ]);
  const refusal = answers.find(({ status }) => status !== 200);
  if (refusal) throw new Error(`An honest request was refused: ${refusal.status}.`);
  busy.push(at(answers, 0.99));
  refused.push(...hostiles);
}
agent.destroy();
const slowest = refused.toSorted((a, b) => b.time - a.time).slice(0, 5);
console.log(
  `honest p99 at ${honestPerSecond}/s: quiet ${median(quiet).toFixed(1)} ms, with ${hostilePerSecond} hostile/s ${median(busy).toFixed(1)} ms (medians of ${rounds} rounds)`,
);
console.log(
  `hostile: ${refused.length} sent, p50 ${at(refused, 0.5).toFixed(1)} ms, p99 ${at(refused, 0.99).toFixed(1)} ms`,
);
console.log(
  `slowest: ${slowest.map(({ name, time, status }) => `${name} ${time.toFixed(1)} ms (${status})`).join('; ')}`,
);
console.log(
  `statuses: ${JSON.stringify(
    Object.groupBy(refused, ({ status }) => status),
    (key, value) => (Array.isArray(value) ? value.length : value),
  )}`,
);
