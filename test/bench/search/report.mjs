// The figures in words: a table for each size, both engines beside each other with what they must reach.
import { machine } from '../stage.mjs';

const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
const seconds = (value) => `${(value / 1_000).toFixed(2)} s`;
const share = (value) => (value === null ? 'no such word' : value.toFixed(3));
const instead = (degraded) => (degraded ? `, ${degraded} answered by the other engine` : '');
const both = ({ p50, p99, degraded }) =>
  p50 === undefined ? 'none in time' : `${ms(p50)} / ${ms(p99)}${instead(degraded)}`;
const mb = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** What an engine must reach with so many documents; issue 6 names 20,000 and 100,000. */
function floors(engine, documents) {
  const isPostgresql = engine === 'PostgreSQL';
  const [small, large] = isPostgresql
    ? [
        [10, 40],
        [30, 100],
      ]
    : [
        [8, 40],
        [15, 60],
      ];
  return {
    mix: documents > 50_000 ? large : small,
    long: documents > 50_000 || !isPostgresql ? undefined : 100,
    typos: isPostgresql ? 0.97 : 0.95,
  };
}

const met = (isMet) => (isMet ? 'reached' : '**missed**');

/** Rows of one engine, by name: its figure and what it must reach. */
function cellsOf(engine, documents, { latency, port, typos, overhead, portOverhead, visible, outage, size }) {
  const must = floors(engine, documents);
  const { mix, long, some } = latency;
  const cells = {
    'mix: p50 / p99': [
      both(mix),
      `${must.mix.join(' / ')} ms: ${met(mix.p50 <= must.mix[0] && mix.p99 <= must.mix[1] && !mix.degraded)}`,
    ],
    '… without HTTP and GraphQL: p50 / p99': [
      both(port),
      `${must.mix.join(' / ')} ms: ${met(port.p50 <= must.mix[0] && port.p99 <= must.mix[1] && !port.degraded)}`,
    ],
    'long questions, any word: p50 / p99': [
      long ? both(long) : 'none was relaxed',
      long && must.long ? `p99 ${must.long} ms: ${met(long.p99 <= must.long && !long.degraded)}` : '',
    ],
    'three words that nothing has together: p50 / p99': [some ? both(some) : 'none was relaxed', ''],
    'one letter wrong, found in the first 20': [
      `${share(typos.share)} of ${typos.words}${instead(typos.degraded)}`,
      `${must.typos}: ${met(typos.share >= must.typos && !typos.degraded)}`,
    ],
    '… words of four letters': [share(typos.ofFour), ''],
    ...Object.fromEntries(Object.entries(typos.kinds).map(([kind, value]) => [`… letter ${kind}`, [share(value), '']])),
    'found after commit: median / slowest': [
      `${seconds(visible.median)} / ${seconds(visible.slowest)}`,
      `1 s: ${visible.late === 0 ? met(true) : `${visible.late} of ${visible.tries} later`}`,
    ],
    'index on disk': [mb(size.bytes), ''],
  };
  if (overhead)
    Object.assign(cells, {
      'ours over its answers as they come: p50 / p99': [
        both(overhead.answers),
        `p50 2 ms: ${met(overhead.answers.p50 <= 2)}`,
      ],
      '… ours without HTTP and GraphQL: p50 / p99': [both(portOverhead), `p50 2 ms: ${met(portOverhead.p50 <= 2)}`],
      'ours and its HTTP over the time it tells: p50 / p99': [both(overhead.told), ''],
    });
  if (outage)
    Object.assign(cells, {
      [`gone for ${outage.seconds} s at 100 writes/s: all in after`]: [
        `${seconds(outage.converged)}, answers again after ${seconds(outage.back)}; ${outage.missing} of the last 100 missing`,
        `10 s: ${met(outage.converged <= 10_000 && outage.missing === 0)}`,
      ],
      '… readers meanwhile': [
        `${outage.readers.answers} answers, ${outage.readers.degraded} degraded, ${outage.readers.failed} failed, slowest ${ms(outage.readers.slowest)}`,
        `none failed: ${met(outage.readers.failed === 0)}`,
      ],
    });
  return cells;
}

function tableOf({ documents, yardsticks, engines }) {
  const names = Object.keys(engines);
  const cells = names.map((name) => cellsOf(name, documents, engines[name]));
  const rows = [...new Set(cells.flatMap((each) => Object.keys(each)))];
  const ratios = names.map((name) => {
    const { p50 } = engines[name].latency.mix;
    if (p50 === undefined) return `- ${name}: too slow for a ratio.`;
    const times = (value) => `${(p50 / value).toFixed(1)} times`;
    return `- ${name}: the mix takes ${times(yardsticks.answer.p50)} a constant answer, ${times(yardsticks.statement.p50)} \`select 1\` (p50).`;
  });
  return [
    `## ${documents.toLocaleString('en')} documents\n`,
    `| | ${names.map((name) => `${name} | must be`).join(' | ')} |`,
    `|---|${names.map(() => '--:|---|').join('')}`,
    ...rows.map((row) => `| ${row} | ${cells.map((each) => (each[row] ?? ['', '']).join(' | ')).join(' | ')} |`),
    '',
    `- Yardsticks of the same run, p50 / p99: a constant HTTP answer ${both(yardsticks.answer)}, \`select 1\` ${both(yardsticks.statement)}.`,
    ...ratios,
    ...names.flatMap((name) => missedBy(name, engines[name])),
  ].join('\n');
}

const missedBy = (name, { typos }) =>
  typos.missed.length === 0 ? [] : [`- ${name} does not find: ${typos.missed.slice(0, 12).join(', ')}.`];

export const reportOf = ({ sizes, version, requests, words }) => `# Search, measured

${new Date().toISOString().slice(0, 10)}, ${machine()}; ${version ? `Meilisearch ${version}` : 'no Meilisearch: it was not on the PATH, and MEILI_URL named none'}.
One reader at a time over HTTP, ${requests.toLocaleString('en')} requests of each kind after four hundred that do not count; three facets, exact total and
highlights of the first 20 in each; where it says so in one process without HTTP and GraphQL, from the words to the hits.
Generated practices and what goes with them (\`bench seed\`): few different words, each in thousands of documents, so there is
more to rank than in texts that people wrote. ${words} words were mistyped.
Server, engine, database and reader share the machine. Made by \`npm run bench:search\`.

${sizes.map(tableOf).join('\n\n')}
`;
