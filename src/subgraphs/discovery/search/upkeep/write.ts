import type { EntityManager } from '@mikro-orm/postgresql';
import { bulkhead } from 'cockatiel';
import { DatabaseFault, faultOf } from '../../../../database/errors.js';
import { documentsOf } from '../document.loaders.js';
import type { SearchDocument } from '../document.js';
import { EngineFault, type SearchEngine } from '../engine.js';
import type { Quarantined } from './quarantine.js';
import { readPublic } from './reading.js';
import { unlessStopped } from './stopping.js';

/** Of one batch. */
const most = { documents: 1_000, bytes: 8_000_000 };
/** Batches under way at once: one is read while the engine takes others, and what waits for it goes in together. */
const abreast = 8;

export interface Writing {
  em: EntityManager;
  engine: Pick<SearchEngine, 'name' | 'upsert' | 'remove'>;
  /** Aborted when the process stops. */
  signal?: AbortSignal | undefined;
}

export interface Written {
  written: string[];
  refused: Quarantined[];
}

/**
 * Brings the documents of these records to what the public sees of them now: those of records that it does not see are
 * removed. A batch that fails is halved until the document that it fails for is alone, and told among `refused`. Rejects
 * when the engine or the database does not answer.
 */
export async function writeRecords(writing: Writing, ids: readonly string[]): Promise<Written> {
  const outcome: Written = { written: [], refused: [] };
  // One after the other: the engine has the first while the next ones are read.
  const inTurn = bulkhead(1, Infinity);
  const read: Read = (some) => inTurn.execute(() => documentsOf(readPublic(writing.em), some));
  let at = 0;
  const write = async () => {
    try {
      while (at < ids.length) {
        const batch = ids.slice(at, at + most.documents);
        at += batch.length;
        // oxlint-disable-next-line no-await-in-loop -- so many batches at once, and no more
        await writeBatch({ ...writing, read }, batch, outcome);
      }
    } catch (error) {
      at = ids.length;
      throw error;
    }
  };
  // All have ended before it is told that one failed: what is written later than that would be old.
  const ended = await Promise.allSettled(Array.from({ length: abreast }, write));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  return outcome;
}

type Read = (ids: readonly string[]) => Promise<SearchDocument[]>;

async function writeBatch(writing: Writing & { read: Read }, ids: readonly string[], outcome: Written): Promise<void> {
  const { read, engine, signal } = writing;
  signal?.throwIfAborted();
  try {
    const documents = await read(ids);
    for (const part of bySize(documents)) await unlessStopped(signal, () => engine.upsert(part));
    const there = new Set(documents.map(({ id }) => id));
    const gone = ids.filter((id) => !there.has(id));
    if (gone.length > 0) await unlessStopped(signal, () => engine.remove(gone));
    outcome.written.push(...ids);
  } catch (error) {
    signal?.throwIfAborted();
    if (!isOfDocuments(error)) throw error;
    const half = Math.ceil(ids.length / 2);
    if (ids.length === 1) outcome.refused.push({ recordId: ids[0] as string, reason: reasonOf(error) });
    else for (const part of [ids.slice(0, half), ids.slice(half)]) await writeBatch(writing, part, outcome);
  }
}

/** In bytes; what is not text is next to nothing. */
const sizeOf = ({ texts }: SearchDocument): number => texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

function* bySize(documents: readonly SearchDocument[]): Generator<SearchDocument[]> {
  let part: SearchDocument[] = [];
  let bytes = 0;
  for (const document of documents) {
    const size = sizeOf(document);
    if (part.length > 0 && bytes + size > most.bytes) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(document);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

const sqlState = /^[0-9A-Z]{5}$/;
/** Values, constraints, and limits such as the size of an index entry (PostgreSQL, appendix A). */
const ofValues = /^(22|23|54)/;

/** Whether something failed for what was to be written, and will again; not for who should have written it. */
function isOfDocuments(error: unknown): boolean {
  const fault = faultOf(error);
  if (fault instanceof EngineFault) return fault.kind === 'REFUSED' || fault.kind === 'TOO_LARGE';
  if (fault instanceof DatabaseFault) return fault.kind === 'VALUE';
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  return !sqlState.test(code) || ofValues.test(code);
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
