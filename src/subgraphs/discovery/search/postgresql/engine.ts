import { bulkhead } from 'cockatiel';
import { sql, type RawBuilder } from 'kysely';
import { DatabaseFault, faultOf } from '../../../../database/errors.js';
import type { Database } from '../../../../database/database.js';
import { anonymous, type Run } from '../../../../graph/context.js';
import type { SearchAnswer, SearchEngine, SearchHit, SearchRequest } from '../engine.js';
import { EngineFault } from '../engine.js';
import type { SearchDocument } from '../document.js';
import { Columns, type News } from './columns.js';
import { expand, type Expansion, type IndexState, type Meant } from './expansion.js';
import { countsOf, type CountedSets } from './facet-counts.js';
import { recordsIn } from './filter.js';
import { highlighted } from '../analysis/highlight.js';
import { alike, all, narrowed, pageOf, possibleIn, scoredBy, type Ranked, type Scored } from './rank.js';
import { rebuildIndex, removeDocuments, upsertDocuments } from './rebuild.js';
import { byTitleStatement, postingsIn, searchStatement, shownStatement, type ShownRow } from './search.sql.js';
import { Stems } from '../analysis/stems.js';
import { similarStatement, suggestStatement, type SimilarRow, type SuggestRow } from './suggest.sql.js';
import { form, live, of } from './tables.js';

const inventoryPage = 5_000;
/** Characters of the JSON of a document. */
const largest = 4 * 1024 * 1024;

/**
 * BM25 on PostgreSQL: an inverted index in plain tables of a schema of its own, which only this engine writes, and which
 * everybody may read. PostgreSQL finds the postings; they are added up, narrowed and counted here, by columns that hold
 * what documents are narrowed by. Searching runs as the anonymous reader, with the deadlines of requests.
 */
export function postgresqlEngine(database: Pick<Database, 'em' | 'readAs'>, stems = new Stems()): SearchEngine {
  const reading = (signal?: AbortSignal): Run => database.readAs(anonymous, signal);

  /** As the last search left them: the next one learns beside its answer what is new. */
  const columns = new Columns();
  const meant: Meant = new WeakMap();
  /** Writers wait for each other in the database; here those of one process do, without a connection of their pool. */
  const writing = bulkhead(1, Infinity);

  async function search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const run = reading(signal);
    const records = recordsIn(request.filter);
    return again(async () => {
      const state = await upToDate(columns, run);
      const expansion = await expand({ run, stems, state, meant }, request.query);
      const possible = fewPossible(request, expansion, columns);
      const [row] = await run(searchStatement({ expansion, possible, records }, columns));
      if (row === undefined || !(await isTaken(columns, row, run)) || !isAlike(row.state, state)) return null;
      const scored = expansion.isAsked
        ? scoredBy(postingsIn(row, expansion), expansion.required, columns)
        : all(columns);
      const ranked = narrowed(scored, request, { columns, documents: new Map(Object.entries(row.named ?? {})) });
      const hits = await hitsOf(run, ranked, request, columns, (shown) =>
        highlighted(shown, expansion, request.query.language),
      );
      if (hits === null) return null;
      const counts = request.facets.map(({ name, limit }) => [
        name,
        countsOf(ranked.counts.get(name) as CountedSets, columns.members, limit),
      ]);
      return {
        total: ranked.documents.length,
        hits,
        facets: Object.fromEntries(counts),
        unknown: expansion.unknown,
        commonest: expansion.commonest,
      };
    });
  }

  /** Hits of no query: nothing is marked. */
  async function plain(
    statement: () => RawBuilder<SuggestRow>,
    { filter, size }: Pick<SearchRequest, 'filter' | 'size'>,
    signal: AbortSignal | undefined,
    weigh: (scored: Scored, row: SuggestRow) => Scored = (scored) => scored,
  ): Promise<SearchHit[]> {
    const run = reading(signal);
    const request = { ...unasked, filter, size };
    return again(async () => {
      await upToDate(columns, run);
      const [row] = await run(statement());
      if (row === undefined || !(await isTaken(columns, row, run))) return null;
      const postings = row.postings ?? Buffer.alloc(0);
      const scored = weigh(scoredBy([{ postings, mask: 0, weight: 1 }], 0, columns), row);
      const ranked = narrowed(scored, request, { columns, documents: new Map() });
      return hitsOf(run, ranked, request, columns, (shown) => highlighted(shown, nothing, shown.language));
    });
  }

  return {
    name: 'postgresql',
    capabilities: { typos: 2, reach: Number.MAX_SAFE_INTEGER },
    search: (request, signal) => told(() => search(request, signal)),
    suggest: (prefix, filter, size, signal) =>
      told(async () =>
        suggestStatement(prefix, columns) === null
          ? []
          : plain(() => suggestStatement(prefix, columns) as RawBuilder<SuggestRow>, { filter, size }, signal),
      ),
    similar: (id, filter, size, signal) =>
      told(() =>
        plain(
          () => similarStatement(id, columns),
          { filter, size },
          signal,
          (scored, row) => alike(scored, (row as SimilarRow).own, columns),
        ),
      ),
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

/** What a suggestion is asked beside its words. */
const unasked = {
  query: { language: null, words: [], expressions: [], phrases: [], match: 'all' as const },
  near: null,
  facets: [],
  order: 'RELEVANCE' as const,
  offset: 0,
};
const nothing = { words: new Set<string>(), prefixes: [], sequences: [] };

/** Whether a query means the same in an index as when it was another one, or a smaller one. */
const isAlike = (one: IndexState, other: IndexState): boolean =>
  one.epoch === other.epoch &&
  one.languages.join() === other.languages.join() &&
  Math.abs(one.documents - other.documents) <= other.documents / 10;

async function stateOf(run: Run): Promise<IndexState> {
  // One of another form has other columns.
  const [state] = await run(sql<IndexState>`select * from ${of(live, 'index_state')}`);
  if (state === undefined) throw new Error('An index has a state.');
  return state;
}

/** Asks anew where the index has changed meanwhile in a way that matters. */
async function again<Result>(attempt: () => Promise<Result | null>): Promise<Result> {
  for (let tries = 0; tries < 3; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one try after the other
    const result = await attempt();
    if (result !== null) return result;
  }
  throw new EngineFault('UNAVAILABLE', 'The index was replaced while it was read.');
}

async function upToDate(columns: Columns, run: Run): Promise<IndexState> {
  if (columns.state === undefined && (await stateOf(run)).form !== form) throw unfilled();
  const state = columns.state ?? (await columns.read(run));
  if (state.form !== form) throw unfilled();
  return state;
}

/** Whether the columns hold what the index held when it was asked; where they do not they are read for the next try. */
async function isTaken(columns: Columns, news: News, run: Run): Promise<boolean> {
  if (columns.take(news)) return true;
  await columns.read(run);
  return false;
}

/** So many postings are read in the time in which one is looked up. */
const dear = 4;
/** Fewer postings are not worth a thought. */
const fewPostings = 2_000;

/**
 * The documents that the filter leaves, where they are so few that their postings are looked up sooner than those of all are
 * read; else null.
 */
function fewPossible(
  request: SearchRequest,
  { alternatives, sequences }: Expansion,
  columns: Columns,
): number[] | null {
  // Of the words of a sequence nobody counted how many documents have them all.
  const read = alternatives.reduce((sum, { documents }) => sum + documents, (sequences.length * columns.length) / 10);
  if (read < fewPostings || recordsIn(request.filter).length > 0) return null;
  const possible = possibleIn(request, { columns, documents: new Map() });
  return possible.length * (alternatives.length + sequences.length) * dear < read ? possible : null;
}

/** The hits of a page; null where some of them are gone by now. */
async function hitsOf(
  run: Run,
  ranked: Ranked,
  { order, offset, size }: SearchRequest,
  columns: Columns,
  shape: (shown: ShownRow['shown']) => Omit<SearchHit, 'score' | 'distance'>,
): Promise<SearchHit[] | null> {
  const { documents, scores, distances } = ranked;
  const length = Math.max(0, Math.min(size, documents.length - offset));
  if (length === 0) return [];
  const page = order === 'TITLE_ASC' ? null : pageOf(ranked, { order, offset, size }, columns);
  const rows = await run(
    page === null
      ? byTitleStatement(documents, offset, size)
      : shownStatement(page.map((place) => documents[place] as number)),
  );
  if (rows.length < length) return null;
  const shown = new Map(rows.map((row) => [row.document, row.shown]));
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const places = page ?? [...shown.keys()].map((document) => documents.indexOf(document));
  return places.map((place) => ({
    ...shape(shown.get(documents[place] as number) as ShownRow['shown']),
    score: best > 0 ? Math.min(1, (scores[place] as number) / best) : 1,
    distance: distances?.[place] ?? null,
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

/** Undefined schemas, tables and columns, by SQLSTATE: nothing was indexed yet, or by another version. */
const absent = ['3F000', '42P01', '42703'];
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
