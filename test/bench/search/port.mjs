// The same searches without HTTP and GraphQL around: words in, hits with highlights, exact total and three facets out.
import { spread } from './asking.mjs';

const madeUp = { origin: { eq: 'DEMONSTRATION' } };
const facets = ['type', 'country', 'theme'].map((field) => ({ field }));

/** The search as a process opens it that serves requests, in this one. */
async function openPort(url, meilisearch) {
  const [{ openDatabase }, { openSearch }, { search }, { searchLoaders }, { anonymous, readInWaves }] =
    await Promise.all(
      [
        'database/database.js',
        'subgraphs/discovery/search/open.js',
        'subgraphs/discovery/search/ask.js',
        'subgraphs/discovery/search.loaders.js',
        'graph/context.js',
      ].map((file) => import(`../../../dist/${file}`)),
    );
  const deadlines = { pool: 5_000, statement: 10_000 };
  const database = openDatabase({ address: { url }, entities: [], deadlines });
  const opened = openSearch(database, { meilisearch });
  return {
    ask: async ({ query, where = {} }) => {
      const read = readInWaves(database.readAs(anonymous));
      const asking = { search: opened, read, loaders: searchLoaders(read) };
      const found = await search({ query, where: { ...madeUp, ...where }, facets, first: 20 }, asking);
      return found.degraded;
    },
    close: () => database.close(),
  };
}

/** Milliseconds of the mix, one after the other; with a meter, `ours` is what of them is not the time of Meilisearch's answers. */
export async function atPort({ stage, questions, requests, meilisearch, meter }) {
  const port = await openPort(stage.url, meilisearch);
  const [times, ours] = [[], []];
  for (let index = -400; index < requests; index += 1) {
    if (meter) Object.assign(meter, { processing: 0, roundTrip: 0 });
    const began = performance.now();
    const isDegraded = await port.ask(questions.mix.at(index % questions.mix.length));
    if (index < 0 || isDegraded) continue;
    times.push(performance.now() - began);
    if (meter) ours.push(times.at(-1) - meter.roundTrip);
  }
  await port.close();
  return { ...spread(times), degraded: requests - times.length, ours: meter && spread(ours) };
}
