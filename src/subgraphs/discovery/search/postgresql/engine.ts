import { bulkhead } from 'cockatiel';
import { sql } from 'kysely';
import { DatabaseFault, faultOf } from '../../../../database/errors.js';
import type { Database } from '../../../../database/database.js';
import { anonymous, type Run } from '../../../../graph/context.js';
import type { SearchAnswer, SearchEngine, SearchHit, SearchRequest } from '../engine.js';
import { EngineFault } from '../engine.js';
import type { SearchDocument } from '../document.js';
import { expand, type IndexState, type Meant } from './expansion.js';
import { countsOf, FacetSets } from './facet-sets.js';
import { highlighted } from '../analysis/highlight.js';
import { rebuildIndex, removeDocuments, upsertDocuments } from './rebuild.js';
import { searchStatement, type SearchRow } from './search.sql.js';
import { Stems } from '../analysis/stems.js';
import { similarStatement, suggestStatement, type ShownRow } from './suggest.sql.js';
import { form, live, of } from './tables.js';

const inventoryPage = 5_000;
/** Characters of the JSON of a document. */
const largest = 4 * 1024 * 1024;

/**
 * BM25 inside PostgreSQL: an inverted index in plain tables of a schema of its own, which only this engine writes, and
 * which everybody may read. Searching runs as the anonymous reader, with the deadlines of requests.
 */
export function postgresqlEngine(database: Pick<Database, 'em' | 'readAs'>, stems = new Stems()): SearchEngine {
  const reading = (signal?: AbortSignal): Run => database.readAs(anonymous, signal);

  /** The index as the last search found it: the next one learns from its answer whether that still holds. */
  let known: IndexState | undefined;
  const meant: Meant = new WeakMap();
  const facetSets = new FacetSets();
  /** Writers wait for each other in the database; here those of one process do, without a connection of their pool. */
  const writing = bulkhead(1, Infinity);

  async function search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const run = reading(signal);
    for (let tries = 1; ; tries += 1) {
      const state = known ?? (await stateOf(run));
      known = undefined;
      if (state.form !== form) throw unfilled();
      const expansion = await expand({ run, stems, state, meant }, request.query);
      const [row] = await run(searchStatement(request, expansion));
      if (row === undefined) throw new Error('A search has one row.');
      known = row.state;
      const members = await facetSets.learn(
        run,
        row.state.epoch,
        (row.counts ?? []).flatMap(({ sets }) => sets),
      );
      if ((!isAlike(row.state, state) || members === null) && tries < 3) continue;
      if (members === null) throw new EngineFault('UNAVAILABLE', 'The index was replaced while it was read.');
      const answer = answerOf(row, members, request, (shown) => highlighted(shown, expansion, request.query.language));
      return { ...answer, unknown: expansion.unknown, commonest: expansion.commonest };
    }
  }

  return {
    name: 'postgresql',
    capabilities: { typos: 2, reach: Number.MAX_SAFE_INTEGER },
    search: (request, signal) => told(() => search(request, signal)),
    suggest: (prefix, filter, size, signal) =>
      told(async () => {
        const statement = suggestStatement(prefix, filter, size);
        return statement === null ? [] : plainHits(await reading(signal)(statement));
      }),
    similar: (id, filter, size, signal) =>
      told(async () => plainHits(await reading(signal)(similarStatement(id, filter, size)))),
    upsert: (documents) =>
      told(async () => {
        documents.forEach(checkSize);
        await writing.execute(() => upsertDocuments(database.em(), stems, documents));
      }),
    remove: (ids) => told(() => writing.execute(() => removeDocuments(database.em(), stems, ids))),
    rebuild: (documents) => told(() => rebuildIndex(database.em(), stems, documents)),
    inventory: () => inventoryOf(reading()),
    health: () => healthOf(reading()),
  };
}

/** Whether a query means the same in an index as when it was another one, or a smaller one. */
const isAlike = (one: IndexState, other: IndexState): boolean =>
  one.epoch === other.epoch &&
  one.languages.join() === other.languages.join() &&
  Math.abs(one.documents - other.documents) <= other.documents / 10;

async function stateOf(run: Run): Promise<IndexState> {
  const [state] = await run(sql<IndexState>`
    select epoch, form, documents, languages from ${of(live, 'index_state')}`);
  if (state === undefined) throw new Error('An index has a state.');
  return state;
}

function answerOf(
  { total, best, hits, counts }: SearchRow,
  members: ReadonlyMap<number, readonly string[]>,
  { facets }: SearchRequest,
  shape: (shown: ShownRow['shown']) => Omit<SearchHit, 'score' | 'distance'>,
): SearchAnswer {
  const byFacet = new Map(counts?.map((each) => [each.facet, each]));
  const none = { sets: [], counts: [] };
  return {
    total,
    hits: (hits ?? []).map(({ shown, score, distance }) => ({
      ...shape(shown),
      score: best ? Math.min(1, score / best) : 1,
      distance,
    })),
    facets: Object.fromEntries(
      facets.map(({ name, limit }) => [name, countsOf(byFacet.get(name) ?? none, members, limit)]),
    ),
  };
}

/** Hits of no query: nothing is marked. */
function plainHits(rows: readonly ShownRow[]): SearchHit[] {
  const best = Math.max(...rows.map(({ score }) => Number(score)));
  const none = { words: new Set<string>(), prefixes: [], sequences: [] };
  return rows.map(({ shown, score }) => ({
    ...highlighted(shown, none, shown.language),
    score: Number(score) / best,
    distance: null,
  }));
}

function checkSize(document: SearchDocument): void {
  const size = document.texts.reduce((sum, { text }) => sum + text.length, 0);
  if (size > largest)
    throw new EngineFault('TOO_LARGE', `${document.id} has ${size} characters; ${largest} are allowed.`);
}

async function* inventoryOf(run: Run): AsyncGenerator<{ id: string; hash: string }[]> {
  for (let after = ''; ;) {
    const page = await told(() =>
      run(sql<{ id: string; hash: string }>`select record as "id", hash from ${of(live, 'document')}
        where record > ${after} order by record limit ${inventoryPage}`),
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.id;
  }
}

async function healthOf(run: Run): ReturnType<SearchEngine['health']> {
  let version = '';
  try {
    const [server] = await run(sql<{ version: string }>`select current_setting('server_version') as "version"`);
    version = server?.version ?? '';
    const state = await told(() => stateOf(run));
    const reason = state.form === form ? null : 'The index was built by another version: run goodgraph reindex.';
    return { isReady: reason === null, reason, documents: state.documents, version };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { isReady: false, reason, documents: 0, version };
  }
}

/** Undefined schemas and tables, by SQLSTATE: nothing was indexed yet. */
const absent = ['3F000', '42P01'];
const unfilled = (cause?: unknown) =>
  new EngineFault('UNFILLED', 'There is no index of this version yet: run goodgraph reindex.', { cause });

/** Runs something of the engine; what fails is told as an EngineFault, but for our own mistakes and for an aborted signal. */
async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const fault = faultOf(error);
    if (fault instanceof Error && 'code' in fault && absent.includes(String(fault.code))) throw unfilled(error);
    if (!(fault instanceof DatabaseFault)) throw error;
    throw new EngineFault(fault.kind === 'VALUE' ? 'REFUSED' : 'UNAVAILABLE', fault.message, { cause: error });
  }
}
