// Every root list in every order, its first page and its page 1,000, at 5,000 and at 50,000 practices: node test/bench/lists.mjs
// CPU a request must not grow with the tables, and no table be read whole. Writes LISTS.md beside this file.
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ask, load, machine, median, openStage } from './stage.mjs';

const sizes = [5_000, 50_000];
const most = 1.3;
const rounds = 3;
const milliseconds = 700;
/** Connections tell what they scanned when they end, which idle ones do after two seconds. */
const told = 3_500;
/** Page 1,000 begins after this many rows. */
const far = 999 * 20;

const stages = [];
const lines = [];
const missed = [];
const scanned = new Set();
try {
  for (const size of sizes) {
    const stage = await openStage(size);
    stages.push({ ...stage, server: await stage.goodgraph() });
  }
  // What servers read at their start is not the first list’s.
  await setTimeout(told);
  for (const { list, order } of await lists(stages[0].server)) {
    const before = await scans(stages[1]);
    const pages = await Promise.all(stages.map(({ server }) => pagesOf(server, list, order)));
    for (const page of ['first', 'far']) {
      if (pages.some((each) => each[page] === undefined)) continue;
      const costs = await costsOf(pages.map((each) => ({ query: each[page].query })));
      const [small, large] = costs;
      const ratio = large / small;
      const row = `${list} ${order} | ${pages.map((each) => each[page].number).join(' / ')}`;
      lines.push(`| ${row} | ${small.toFixed(2)} | ${large.toFixed(2)} | ${ratio.toFixed(2)} |`);
      if (ratio > most) missed.push(`${row}: ${ratio.toFixed(2)}`);
      console.log(lines.at(-1));
    }
    await setTimeout(told);
    for (const [table, count] of Object.entries(await scans(stages[1])))
      if (count > (before[table] ?? 0)) scanned.add(`${list} ${order}: ${table}`);
  }
} finally {
  for (const stage of stages) await stage.close();
}

/** Every connection of the root that can be ordered, with each of its orders; search has a bench of its own. */
async function lists(server) {
  const query = `{ __schema { queryType { fields { name type { name } args { name type { name kind enumValues { name } ofType { name } } } } } } }`;
  const { data } = await ask(server, { query });
  return data.__schema.queryType.fields
    .filter(
      ({ name, type, args }) =>
        name !== 'search' &&
        type.name?.endsWith('Connection') &&
        args.every(({ type: { kind } }) => kind !== 'NON_NULL'),
    )
    .flatMap(({ name, args }) =>
      (args.find((argument) => argument.name === 'orderBy')?.type.enumValues ?? []).map((order) => ({
        list: name,
        order: order.name,
      })),
    );
}

/** The first page of a list, and its page 1,000 or the last one before it. */
async function pagesOf(server, list, order) {
  const page = (size, after) =>
    `{ ${list}(first: ${size}, orderBy: ${order}${after ? `, after: "${after}"` : ''}) { nodes { id } pageInfo { endCursor hasNextPage } } }`;
  const ahead = async (size, after) => {
    const { data, errors } = await ask(server, { query: page(size, after) });
    if (errors) throw new Error(`${list} ${order}: ${JSON.stringify(errors)}`);
    return data[list].pageInfo;
  };
  let [rows, cursor] = [0, null];
  while (rows < far) {
    const size = Math.min(100, far - rows);
    const { endCursor, hasNextPage } = await ahead(size, cursor);
    if (!hasNextPage) break;
    [rows, cursor] = [rows + size, endCursor];
  }
  const first = { query: page(20), number: 1 };
  return cursor === null ? { first } : { first, far: { query: page(20, cursor), number: Math.ceil(rows / 20) + 1 } };
}

/** CPU milliseconds a request, of process and PostgreSQL, by size: medians of interleaved rounds. */
async function costsOf(bodies) {
  const found = sizes.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, stage] of stages.entries()) {
      const { process: own, database } = await load({ ...stage, bodies: [bodies[index]], milliseconds, clients: 4 });
      found[index].push(own + database);
    }
  return found.map(median);
}

/** Sequential scans so far of tables that are too large for them. */
async function scans({ query }) {
  const rows = await query(`select relname, seq_scan::int from pg_stat_user_tables where n_live_tup > 5000`);
  return Object.fromEntries(rows.map(({ relname, seq_scan }) => [relname, seq_scan]));
}

const listed = (items, none) => (items.length === 0 ? none : items.map((item) => `- ${item}`).join('\n'));
const text = `# Lists, measured

${new Date().toISOString().slice(0, 10)}. ${machine()}. CPU milliseconds a request, GoodGraph and PostgreSQL together, of a page of 20: medians of
${rounds} interleaved rounds, at ${sizes.map((size) => size.toLocaleString('en')).join(' and ')} practices. The far page is page 1,000, or the last before it.

| list and order | page at ${sizes.join(' / ')} | ${sizes[0]} | ${sizes[1]} | ratio |
|---|---|--:|--:|--:|
${lines.join('\n')}

Above ${most}:

${listed(missed, 'none')}

Tables of more than 5,000 rows that were read whole:

${listed([...scanned], 'none')}
`;
writeFileSync(new URL('LISTS.md', import.meta.url), text);
console.log(text.slice(text.indexOf('Above')));
