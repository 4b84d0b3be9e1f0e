// Both search engines, through a server that runs: npm run bench:search [-- --documents 20000,100000] [--requests 1000] [--words 250]
// [--outage [--seconds 60]]. Writes SEARCH.md beside this file where the sizes are those two.
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { state } from './search/asking.mjs';
import { latency } from './search/latency.mjs';
import { openMeilisearch } from './search/meilisearch.mjs';
import { openMeter } from './search/meter.mjs';
import { outage } from './search/outage.mjs';
import { overhead } from './search/overhead.mjs';
import { atPort } from './search/port.mjs';
import { questionsOf } from './search/questions.mjs';
import { reportOf } from './search/report.mjs';
import { documentsIn, sizeOf } from './search/size.mjs';
import { typos } from './search/typos.mjs';
import { visible } from './search/visible.mjs';
import { yardsticks } from './search/yardsticks.mjs';
import { openStage } from './stage.mjs';

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '20000,100000' },
    requests: { type: 'string', default: '1000' },
    words: { type: 'string', default: '250' },
    outage: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
  },
});
const requests = Number(values.requests);
/** Documents that `bench seed` makes for each practice: partners, transfers, events … go with it. */
const documentsEach = 3.55;

const tell = (text) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Waits until the engine that is measured answers, with every change in. */
async function ready(server) {
  for (let tries = 0; ; tries += 1) {
    const { degraded, freshness } = await state(server);
    if (!degraded && freshness?.lag === 0) return;
    if (tries === 3_600) throw new Error('The index was not filled within an hour.');
    await setTimeout(1_000);
  }
}

/** Without an address none of those that the bench itself was given. */
const settingsOf = ({ url, key } = {}) => ({ MEILI_URL: url, MEILI_KEY: key });

async function measure({ engine, stage, questions, server: address, meilisearch }) {
  const server = await stage.goodgraph([], settingsOf(address));
  await ready(server);
  tell(`${engine}: the index is filled`);
  const measured = {
    size: await sizeOf({ engine, stage, meilisearch }),
    latency: await latency({ server, questions, requests }),
    port: await atPort({ stage, questions, requests, meilisearch: address }),
  };
  tell(`${engine}: latencies`);
  measured.typos = await typos({ server, stage, words: Number(values.words) });
  tell(`${engine}: typos`);
  measured.visible = await visible({ server, stage });
  tell(`${engine}: changes`);
  await stage.stop(server);
  return measured;
}

/** Our part in a search, by way of a line that is metered. */
async function metered({ stage, questions, meilisearch }) {
  const meter = await openMeter(meilisearch.url);
  const address = { url: meter.url, key: meilisearch.key };
  const server = await stage.goodgraph([], settingsOf(address));
  await ready(server);
  const measured = {
    overhead: await overhead({ server, meter, questions, requests }),
    portOverhead: (await atPort({ stage, questions, requests, meilisearch: address, meter })).ours,
  };
  tell('Meilisearch: overhead');
  await stage.stop(server);
  meter.close();
  return measured;
}

/** A server of our own is killed and started; of another one the line to it is cut and mended. */
async function cutOff({ stage, meilisearch }) {
  const meter = meilisearch.kill ? undefined : await openMeter(meilisearch.url);
  const server = await stage.goodgraph([], settingsOf({ url: meter?.url ?? meilisearch.url, key: meilisearch.key }));
  await ready(server);
  const seconds = Number(values.seconds);
  const stop = meilisearch.kill ?? (async () => meter.cut());
  const start = meilisearch.kill ? meilisearch.start : async () => meter.mend();
  const measured = { outage: { seconds, ...(await outage({ server, stage, seconds, stop, start })) } };
  tell('Meilisearch: outage');
  await stage.stop(server);
  meter?.close();
  return measured;
}

async function measureSize(documents, meilisearch) {
  tell(`${documents} documents: filling the database`);
  const stage = await openStage(Math.round(documents / documentsEach));
  try {
    // What former runs have written is cleared away, as autovacuum does within minutes.
    await stage.query('vacuum analyze');
    await stage.query('checkpoint');
    const questions = await questionsOf(stage, 200);
    const measured = {
      documents: await documentsIn(stage),
      yardsticks: await yardsticks(stage, requests),
      engines: {},
    };
    const common = { stage, questions, meilisearch };
    measured.engines.PostgreSQL = await measure({ ...common, engine: 'PostgreSQL' });
    if (meilisearch) {
      const direct = await measure({ ...common, engine: 'Meilisearch', server: meilisearch });
      measured.engines.Meilisearch = {
        ...direct,
        ...(await metered(common)),
        ...(values.outage && (await cutOff(common))),
      };
    }
    return measured;
  } finally {
    await stage.close();
  }
}

const documents = values.documents.split(',').map(Number);
const sizes = [];
let version;
for (const size of documents) {
  // One of its own for each size: what it held before is no part of the figures.
  const meilisearch = await openMeilisearch();
  version = meilisearch?.version;
  if (!meilisearch)
    tell(
      'SKIPPED: Meilisearch. Put `meilisearch` (1.48.2 or newer) on the PATH, or name a server by MEILI_URL and MEILI_KEY.',
    );
  try {
    sizes.push(await measureSize(size, meilisearch));
  } finally {
    await meilisearch?.close();
  }
}
const text = reportOf({ sizes, version, requests, words: values.words });
if (documents.join() === '20000,100000') writeFileSync(new URL('SEARCH.md', import.meta.url), text);
console.log(text);
