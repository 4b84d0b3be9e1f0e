import type { EntityManager } from '@mikro-orm/postgresql';
import { allDocuments, documentsOf } from '../document.loaders.js';
import type { SearchEngine } from '../engine.js';
import { readPublic } from './reading.js';

/** Ids in the order of their code points. */
export interface Difference {
  /** How many documents there should be. */
  documents: number;
  /** Not in the index. */
  missing: string[];
  /** In the index as they were once. */
  stale: string[];
  /** In the index, and of no record that the public sees. */
  leftOver: string[];
}

export const isInStep = ({ missing, stale, leftOver }: Difference): boolean =>
  missing.length + stale.length + leftOver.length === 0;

interface Reconciling {
  em: EntityManager;
  engine: Pick<SearchEngine, 'inventory'>;
}

/**
 * Compares an index with the records by the hashes of documents. What changed while it compared differs for that alone:
 * what differs at first is compared once more.
 */
export async function reconcile({ em, engine }: Reconciling): Promise<Difference> {
  const read = readPublic(em);
  const expected = new Map<string, string>();
  for await (const batch of allDocuments(read)) for (const { id, hash } of batch) expected.set(id, hash);
  const first = compare(expected, await inventoryOf(engine));
  if (isInStep(first)) return first;
  const suspects = [...first.missing, ...first.stale, ...first.leftOver];
  const again = new Map((await documentsOf(read, suspects)).map(({ id, hash }) => [id, hash]));
  const held = await inventoryOf(engine, new Set(suspects));
  return { ...compare(again, held), documents: expected.size };
}

async function inventoryOf(
  engine: Pick<SearchEngine, 'inventory'>,
  only?: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const held = new Map<string, string>();
  for await (const page of engine.inventory())
    for (const { id, hash } of page) if (only?.has(id) ?? true) held.set(id, hash);
  return held;
}

function compare(expected: ReadonlyMap<string, string>, held: ReadonlyMap<string, string>): Difference {
  const ids = [...expected.keys()];
  return {
    documents: expected.size,
    missing: ids.filter((id) => !held.has(id)).toSorted(),
    stale: ids.filter((id) => held.has(id) && held.get(id) !== expected.get(id)).toSorted(),
    leftOver: [...held.keys()].filter((id) => !expected.has(id)).toSorted(),
  };
}
