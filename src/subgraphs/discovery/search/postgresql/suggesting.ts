import type { RawBuilder } from 'kysely';
import type { Filter } from '../../../../graph/filter.js';
import { highlighted } from '../analysis/highlight.js';
import { tokensOf } from '../analysis/tokens.js';
import type { SearchHit } from '../engine.js';
import { narrowedTo } from './narrowing.js';
import { blocksIn } from './postings.js';
import { again, askFor, hitsOf, knownState, type Reading } from './reading.js';
import { addTerms, alike, Scored, Scores } from './scoring.js';
import type { Stated } from './stated.js';
import { similarStatement, suggestStatement } from './suggest.sql.js';

/** What is asked beside a filter. */
const unasked = {
  query: { language: null, words: [], expressions: [], phrases: [], match: 'all' as const },
  near: null,
  facets: [],
  order: 'RELEVANCE' as const,
  offset: 0,
};
const nothing = { words: new Set<string>(), prefixes: [], sequences: [] };

/** A page of hits of no query: nothing is marked. */
function plain<Row extends Stated>(
  reading: Reading,
  statement: () => RawBuilder<Row>,
  { filter, size, scoredIn }: { filter: Filter; size: number; scoredIn: (row: Row) => Scored },
): Promise<SearchHit[]> {
  const { columns } = reading;
  const request = { ...unasked, filter, size };
  return again(async (isLast) => {
    await knownState(reading);
    const row = await askFor(reading, statement());
    const found = narrowedTo(scoredIn(row), request, { columns, documents: new Map() });
    return hitsOf({ ...reading, isLast }, found, request, (shown) => highlighted(shown, nothing, shown.language));
  });
}

export function suggest(reading: Reading, prefix: string, filter: Filter, size: number): Promise<SearchHit[]> {
  const words = tokensOf(prefix).map(({ folded }) => folded);
  if (words.length === 0) return Promise.resolve([]);
  return plain(reading, () => suggestStatement(words), {
    filter,
    size,
    scoredIn: ({ documents, scores }) => {
      const named = new Scored(documents?.length ?? 0);
      documents?.forEach((document, at) => named.add(document, scores?.[at] ?? 0));
      return named;
    },
  });
}

export function similar(reading: Reading, id: string, filter: Filter, size: number): Promise<SearchHit[]> {
  const { columns } = reading;
  return plain(reading, () => similarStatement(id), {
    filter,
    size,
    scoredIn: ({ own, terms, weights, found }) => {
      const scores = new Scores(columns.length);
      const telling = (terms ?? []).map((term, at) => ({ term, documents: 0, mask: 0, weight: weights?.[at] ?? 0 }));
      addTerms(scores, blocksIn(found), telling);
      return alike(scores.withAll(0), own, columns);
    },
  });
}
