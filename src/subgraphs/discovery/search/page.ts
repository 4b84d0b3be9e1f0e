import { createHash } from 'node:crypto';
import { readCursor, writeCursor } from '../../../graph/cursor.js';
import { BadInput } from '../../../graph/errors.js';
import { limits } from '../../../graph/limits.js';
import type { Kept } from './relax.js';

export interface Page {
  offset: number;
  size: number;
  /** What the page before this one came to. */
  before: Kept['query'] | undefined;
}

const reach = limits.search.reach.toLocaleString('en');

/** What a search is: its cursors are of no use to another one. */
export const fingerprintOf = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);

/** Where a page begins and how long it is. Throws BAD_USER_INPUT for sizes, cursors and places that cannot be asked for. */
export function readPage(
  { first, after }: { first?: number | null; after?: string | null },
  order: string,
  fingerprint: string,
): Page {
  const size = first ?? limits.pageDefault;
  if (size < 0 || size > limits.page)
    throw new BadInput(
      `\`first: ${size}\` is not between 0 and ${limits.page}. Ask for less and follow \`pageInfo.endCursor\`.`,
    );
  if (after == null) return { offset: 0, size, before: undefined };
  const [of, offset = '', match, words = ''] = readCursor(after, order, 4).values;
  if (of !== fingerprint || !/^\d{1,6}$/.test(offset))
    throw new BadInput('This cursor belongs to another search. Ask for the first page of this one.');
  const from = Number(offset);
  if (from >= limits.search.reach)
    throw new BadInput(
      `Pages reach the first ${reach} hits, and this one would begin after them. Narrow the search by \`where\`.`,
    );
  return {
    offset: from,
    size: Math.min(size, limits.search.reach - from),
    before: { match: match === 'some' ? 'some' : 'all', words: words === '' ? [] : words.split(' ') },
  };
}

/** The cursor of the hit with this number, counted from 1. */
export const cursorOf = (order: string, fingerprint: string, number: number, { match, words }: Kept['query']): string =>
  writeCursor({ order, values: [fingerprint, String(number), match, words.join(' ')] });
