// What a mutation costs beside the same statements written by hand: node test/bench/mutations.mjs [rounds] [practices]
// The hand sends what one mutation sent, on one connection, with keys of its own each time; rounds of both take turns.
import { randomBytes } from 'node:crypto';
import { parse } from '../../node_modules/graphql/index.js';
import pg from '../../node_modules/pg/lib/index.js';
import { openStage } from './stage.mjs';

const rounds = Number(process.argv[2] ?? 300);
const stage = await openStage(Number(process.argv[3] ?? 5_000));

let heard = null;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function tell(text, values, ...rest) {
  const isText = typeof text === 'string';
  if (heard && (isText || typeof text?.text === 'string'))
    heard.push({ text: isText ? text : text.text, values: (isText ? values : (text.values ?? values)) ?? [] });
  return query.call(this, text, values, ...rest);
};

// What opens connections comes after that.
const { openDatabase } = await import('../../dist/database/database.js');
const { readInWaves } = await import('../../dist/graph/context.js');
const { limits } = await import('../../dist/graph/limits.js');
const { fusedGraph } = await import('../../dist/subgraphs/graph.js');
const { subgraphs } = await import('../../dist/subgraphs/subgraphs.js');

const database = openDatabase({
  address: { url: stage.url },
  entities: subgraphs.flatMap(({ entities }) => [...entities]),
  deadlines: limits.deadline,
});
const { executor, contextFor } = fusedGraph(subgraphs);
const [{ id: partnerId }] = await stage.query('select id from partner order by id limit 1');
const regions = await stage.query(
  `select code from region where code_version = 2024 and level = 3 order by code limit 2`,
);
const viewer = { role: 'PARTNER', partnerId, accountId: 'bench' };
const document = parse(`mutation ($input: GoodPracticeCreateInput!) {
  goodPracticeCreate(input: $input) { goodPractice { id version } userErrors { message } } }`);
const name = () => `bench-${randomBytes(8).toString('hex')}`;

async function mutate(title) {
  const stop = new AbortController();
  const read = readInWaves(database.readAs(viewer, stop.signal), stop);
  const write = (work) => database.writeAs(viewer, stop.signal, work);
  const figure = (indicator) => ({ indicator: `${indicator} ${title}`, unit: 'people', achieved: '12' });
  const input = {
    title,
    language: 'en',
    summary: 'What it does and for whom.',
    idempotencyKey: title,
    regions: regions.map(({ code }) => code),
    sources: [`https://example.org/${title}`],
    measurements: ['Learners', 'Teachers', 'Visitors'].map(figure),
  };
  const context = { stop, ...contextFor({ viewer, read, write }) };
  const { data, errors } = await executor.execute({ document, variables: { input }, context });
  const id = data?.goodPracticeCreate?.goodPractice?.id;
  if (!id) throw new Error(JSON.stringify(errors ?? data));
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const freshId = () => `0${[...randomBytes(25)].map((byte) => alphabet[byte % 32]).join('')}`;

/** What was heard once, with other keys. */
function rewritten(statements, old) {
  const ids = new Map();
  const [slug, fresh] = [old, name()];
  const change = (text) =>
    text
      .replaceAll(slug, fresh)
      .replaceAll(/\b(gp|mea|ind|src)_[0-9a-z]{26}\b/g, (id, prefix) => {
        if (!ids.has(id)) ids.set(id, `${prefix}_${freshId()}`);
        return ids.get(id);
      })
      .replaceAll(/example-org-[0-9a-z]{8}/g, () => `example-org-${fresh.slice(-8)}`);
  const inside = (value) =>
    typeof value === 'string' ? change(value) : Array.isArray(value) ? value.map(inside) : value;
  return statements.map(({ text, values }) => ({ text: change(text), values: values.map(inside) }));
}

const hand = new pg.Client({ connectionString: stage.url });
await hand.connect();
await hand.query('set role goodgraph_member; set statement_timeout = 2000; set jit = off');

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const timed = async (work) => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};

try {
  for (let warm = 0; warm < 30; warm += 1) await mutate(name());
  const sample = name();
  heard = [];
  await mutate(sample);
  const statements = heard;
  heard = null;
  const within = statements.slice(
    statements.findIndex(({ text }) => text === 'begin'),
    statements.findIndex(({ text }) => text === 'commit') + 1,
  );
  const [mine, theirs, yardstick] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    mine.push(await timed(() => mutate(name())));
    const again = rewritten(within, sample);
    theirs.push(
      await timed(async () => {
        for (const { text, values } of again) await hand.query(text, values);
      }),
    );
    yardstick.push(await timed(() => hand.query('select 1')));
  }
  const ratio = median(mine) / median(theirs);
  console.log(
    `goodPracticeCreate with three measurements, ${rounds} rounds, ${within.length} statements in its transaction`,
  );
  console.log(
    `p50: ${median(mine).toFixed(1)} ms; the same statements by hand ${median(theirs).toFixed(1)} ms; ratio ${ratio.toFixed(2)}`,
  );
  console.log(`yardstick: select 1 takes ${median(yardstick).toFixed(2)} ms`);
  if (ratio > 3) process.exitCode = 1;
} finally {
  await hand.end();
  await database.close();
  await stage.close();
}
