import type { SearchRequest } from '../engine.js';
import type { Columns } from './columns.js';
import type { Narrowed } from './narrowing.js';

/** Places in lists of documents, the best first, from `offset` on. */
export function pageOf(
  { documents, scores, distances }: Narrowed,
  {
    order,
    offset,
    size,
  }: Pick<SearchRequest, 'offset' | 'size'> & { order: Exclude<SearchRequest['order'], 'TITLE_ASC'> },
  { of: { updated } }: Columns,
): number[] {
  const by = (numbers: ArrayLike<number>, one: number, other: number) =>
    (numbers[one] as number) - (numbers[other] as number);
  const byChange = (one: number, other: number) =>
    by(updated, documents[other] as number, documents[one] as number) || by(documents, one, other);
  const byScore = (one: number, other: number) => by(scores, other, one) || byChange(one, other);
  const compare = {
    RELEVANCE: byScore,
    UPDATED_DESC: byChange,
    NEAREST: (one: number, other: number) => by(distances ?? [], one, other) || byScore(one, other),
  }[order];
  return first(documents.length, offset + size, compare).slice(offset);
}

/** The first of so many places in an order: sorted are a few of them at a time, and none that comes after those that are kept. */
function first(length: number, size: number, compare: (one: number, other: number) => number): number[] {
  if (size === 0) return [];
  let kept: number[] = [];
  let last: number | undefined;
  const cut = () => {
    kept = kept.toSorted(compare).slice(0, size);
    if (kept.length === size) last = kept.at(-1);
  };
  for (let place = 0; place < length; place += 1) {
    if (last !== undefined && compare(place, last) > 0) continue;
    kept.push(place);
    if (kept.length >= 2 * size + 100) cut();
  }
  cut();
  return kept;
}
