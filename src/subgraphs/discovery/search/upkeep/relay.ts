import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { changesAfter } from '../../../../database/change.js';
import { dependantsOf } from '../dependant.loaders.js';
import { EngineFault, type SearchEngine } from '../engine.js';
import { fillMissing } from './fill.js';
import { quarantine } from './quarantine.js';
import { readAll } from './reading.js';
import { unlessStopped } from './stopping.js';
import { cursorOf, letGo, moveCursor, onDuty, wasFilled } from './target.js';
import { reasonOf, writeRecords, type Writing } from './write.js';

/** Milliseconds between two looks at the changes, and at most between two tries of an engine that is down. */
const pause = { quiet: 250, down: 300 };
/** Changes that are taken together: many of one record are one document. */
const together = 20_000;

/**
 * Brings an engine up with the next changes, if no other process is doing that. The cursor moves after the documents are
 * in: whatever kills this in between, they are written again. Resolves to whether more changes wait.
 */
export async function relayOnce(writing: Writing): Promise<boolean> {
  const { em, engine } = writing;
  const relayed = await onDuty(
    em,
    'relay',
    engine.name,
    async (db) => {
      const from = await cursorOf(db, engine.name);
      if (from === null) return false;
      const changes = await changesAfter(db, from, together);
      const last = changes.at(-1);
      if (last === undefined) return false;
      await letGo(db);
      const changed = new Set(changes.map(({ recordId }) => recordId));
      const outcome = await writeRecords(writing, await dependantsOf(readAll(em), [...changed]));
      await quarantine(db, engine.name, outcome);
      await moveCursor(db, engine.name, last.cursor);
      return changes.length === together;
    },
    { ifFree: true },
  );
  return relayed ?? false;
}

/** Throws while an engine is down: all that changed would be read in vain, and soon again. */
async function requireReady(engine: SearchEngine, signal: AbortSignal): Promise<void> {
  const { isReady, reason } = await unlessStopped(signal, () => engine.health());
  if (!isReady) throw new EngineFault('UNAVAILABLE', reason ?? `${engine.name} is not ready.`);
}

export interface RelayOptions {
  em: EntityManager;
  engine: SearchEngine;
  log: (message: string) => void;
  /** Whether its index is known to be there. */
  isFilled?: boolean;
}

export interface Relay {
  /** Stops at once: what was under way is done again by the next one. */
  close(): Promise<void>;
}

/** Keeps an engine up with the records from now on: every process that searches does, and one of them at a time works. */
export function startRelay({ em, engine, log, isFilled = false }: RelayOptions): Relay {
  const stop = new AbortController();
  const { signal } = stop;

  async function keepUp(): Promise<void> {
    let wait: number = pause.quiet;
    let isKnown = isFilled;
    while (!signal.aborted) {
      try {
        if (!isKnown) {
          await fillMissing({ em, engine, signal, log });
          await requireReady(engine, signal);
        }
        const isMore = await relayOnce({ em, engine, signal });
        // Whoever was away for too long is not followed any more.
        isKnown = isMore || (await wasFilled(em.fork().getKysely<unknown>(), engine.name));
        if (wait > pause.quiet) log(`${engine.name} is kept up with the records again`);
        wait = pause.quiet;
        if (isMore) continue;
      } catch (error) {
        if (signal.aborted) return;
        if (wait === pause.quiet) log(`${engine.name} is not kept up with the records for now: ${reasonOf(error)}`);
        isKnown = false;
        wait = Math.min(wait * 2, pause.down);
      }
      await setTimeout(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  const kept = keepUp();
  return {
    close: async () => {
      stop.abort();
      await kept;
    },
  };
}
