import { bulkhead } from 'cockatiel';
import { sql } from 'kysely';
import { DatabaseFault, faultOf } from '../../../../database/errors.js';
import type { Database } from '../../../../database/database.js';
import { anonymous, type Run } from '../../../../graph/context.js';
import { Stems } from '../analysis/stems.js';
import type { SearchDocument } from '../document.js';
import { EngineFault, type SearchEngine } from '../engine.js';
import { Columns } from './columns.js';
import { Memory } from './memory.js';
import { stateOf, unfilled, type Reading } from './reading.js';
import { rebuildIndex, removeDocuments, upsertDocuments } from './rebuild.js';
import { search } from './searching.js';
import { similar, suggest } from './suggesting.js';
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
  const columns = new Columns();
  const reading = (signal?: AbortSignal): Reading => ({ run: database.readAs(anonymous, signal), columns });
  const reader = { stems, meant: new WeakMap(), memory: new Memory() };
  /** Writers wait for each other in the database; here those of one process do, without a connection of their pool. */
  const writing = bulkhead(1, Infinity);

  return {
    name: 'postgresql',
    capabilities: { typos: 2, reach: Number.MAX_SAFE_INTEGER },
    search: (request, signal) => told(() => search(reading(signal), reader, request)),
    suggest: (prefix, filter, size, signal) => told(() => suggest(reading(signal), prefix, filter, size)),
    similar: (id, filter, size, signal) => told(() => similar(reading(signal), id, filter, size)),
    upsert: (documents) =>
      told(async () => {
        documents.forEach(checkSize);
        await writing.execute(() => upsertDocuments(database.em(), stems, documents));
      }),
    remove: (ids) => told(() => writing.execute(() => removeDocuments(database.em(), stems, ids))),
    rebuild: (documents) => told(() => rebuildIndex(database.em(), stems, documents)),
    inventory: () => inventoryOf(reading().run),
    health: () => healthOf(reading()),
  };
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

/** Whoever asks will search: the columns are read by then. */
async function healthOf({ run, columns }: Reading): ReturnType<SearchEngine['health']> {
  let version = '';
  try {
    const [server] = await run(sql<{ version: string }>`select current_setting('server_version') as "version"`);
    version = server?.version ?? '';
    const state = await told(() => stateOf(run));
    const reason = state.form === form ? null : 'The index was built by another version: run goodgraph reindex.';
    if (reason === null) await told(() => columns.follow(run, state));
    return { isReady: reason === null, reason, documents: state.documents, version };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { isReady: false, reason, documents: 0, version };
  }
}

/** Undefined schemas, tables and columns, by SQLSTATE: nothing was indexed yet, or by another version. */
const absent = ['3F000', '42P01', '42703'];

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
