import { setTimeout } from 'node:timers/promises';
import { vi } from 'vitest';
import { changesAfter, fromTheStart } from '../../src/database/change.js';
import type { SearchEngine } from '../../src/subgraphs/discovery/search/engine.js';
import { EngineFault } from '../../src/subgraphs/discovery/search/engine.js';
import { openSearch } from '../../src/subgraphs/discovery/search/open.js';
import { relayOnce } from '../../src/subgraphs/discovery/search/upkeep/relay.js';
import { execute, type TestDatabase } from './database.js';
import { everything, requestOf } from '../subgraphs/discovery/search/documents.js';

/** PostgreSQL's own engine over a database. */
export const engineOf = (database: TestDatabase): SearchEngine => openSearch(database).engines[0];

/** Waits until a claim holds; what keeps it from that is told at the end. */
export const soon = <Result>(claim: () => Promise<Result>): Promise<Result> =>
  vi.waitFor(claim, { timeout: 20_000, interval: 50 });

/** Changes are read once no older transaction of the whole cluster runs: other tests may hold them back for a moment. */
export async function untilReadable(database: TestDatabase): Promise<void> {
  const [written] = await execute<{ count: number }>(database, 'select count(*)::int as count from change');
  await soon(async () => {
    const readable = await changesAfter(database.em().getKysely<unknown>(), fromTheStart, 1_000_000);
    if (readable.length < (written?.count ?? 0)) throw new Error('Changes are held back.');
  });
}

/** Brings an engine up with all there is, in this test's own steps. */
export async function relayAll(database: TestDatabase, engine: SearchEngine): Promise<void> {
  await untilReadable(database);
  while (await relayOnce({ em: database.em(), engine }));
}

/** The ids that an engine finds for a word. */
export async function found(engine: SearchEngine, query: string): Promise<string[]> {
  const { hits } = await engine.search(requestOf(query, { filter: everything, size: 100 }));
  return hits.map(({ id }) => id).toSorted();
}

export interface Watched {
  engine: SearchEngine;
  /** The ids of each batch that came, and of each that was removed. */
  upserted: string[][];
  removed: string[][];
  /** Runs before a batch goes on; what it throws is what the engine answers. */
  before?: ((ids: string[]) => unknown) | undefined;
}

/** An engine that notes what is written into it. */
export function watched(engine: SearchEngine): Watched {
  const seen: Watched = {
    engine: {
      ...engine,
      async upsert(documents) {
        const ids = documents.map(({ id }) => id);
        await seen.before?.(ids);
        seen.upserted.push(ids);
        await engine.upsert(documents);
      },
      async remove(ids) {
        seen.removed.push([...ids]);
        await engine.remove(ids);
      },
    },
    upserted: [],
    removed: [],
  };
  return seen;
}

/** What an engine says that does not take a document. */
export const refusing = (poison: string) => (ids: string[]) => {
  if (ids.includes(poison)) throw new EngineFault('REFUSED', 'There is poison in it.');
};

/** Resolves never: what a process that is killed was doing. */
export const forever = () => setTimeout(2 ** 31 - 1, undefined, { ref: false });
