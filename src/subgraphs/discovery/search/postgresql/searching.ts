import { highlighted } from '../analysis/highlight.js';
import type { Stems } from '../analysis/stems.js';
import type { SearchAnswer, SearchRequest } from '../engine.js';
import { expand, type Expansion, type IndexState, type Meant } from './expansion.js';
import type { CountedSets } from './facet-sets.js';
import { recordsIn, type Test } from './filter.js';
import { isCounted, narrowed } from './narrowing.js';
import { blocksIn } from './postings.js';
import { again, askFor, hitsOf, knownState, type Reading } from './reading.js';
import { addTerms, candidatesFor, everyDocument, Scores, type Candidates, type Scored } from './scoring.js';
import { searchStatement, wordedStatement, type SearchRow } from './search.sql.js';

/** Expands the query, has its postings found, and adds them up, narrows and counts them. */
export function search(
  reading: Reading,
  { stems, meant }: { stems: Stems; meant: Meant },
  request: SearchRequest,
): Promise<SearchAnswer> {
  const { run, columns } = reading;
  const records = recordsIn(request.filter);
  return again(async (isLast) => {
    const state = await knownState(reading);
    const expansion = await expand({ run, stems, state, meant }, request.query);
    const row = await askFor(reading, searchStatement(expansion, records));
    if (row === null || !isAlike(row.state, state)) return null;
    const compared = { columns, documents: new Map(Object.entries(row.named ?? {})) };
    const scored = expansion.isAsked
      ? await scoredBy(reading, row, expansion, isCounted(request, compared))
      : everyDocument(columns);
    // Another search may have noticed meanwhile that the index was replaced.
    if (scored === null || columns.state?.epoch !== row.state.epoch) return null;
    const found = narrowed(scored, request, compared);
    const counts = request.facets.map(({ name, limit }) => [
      name,
      columns.sets.countsOf(found.counts.get(name) as CountedSets, limit),
    ]);
    const hits = await hitsOf({ ...reading, isLast }, found, request, (shown) =>
      highlighted(shown, expansion, request.query.language),
    );
    const { unknown, commonest } = expansion;
    return hits && { total: found.documents.length, hits, facets: Object.fromEntries(counts), unknown, commonest };
  });
}

/** Whether a query means the same in an index as when it was another one, or a smaller one. */
const isAlike = (one: IndexState, other: IndexState): boolean =>
  one.epoch === other.epoch &&
  one.languages.join() === other.languages.join() &&
  Math.abs(one.documents - other.documents) <= other.documents / 10;

/**
 * The documents that answer a query; `isPossible` spares looking into those that are not counted anyhow. Null where the
 * index was replaced meanwhile.
 */
async function scoredBy(
  reading: Reading,
  row: SearchRow,
  expansion: Expansion,
  isPossible: Test,
): Promise<Scored | null> {
  const { length } = reading.columns;
  const scores = new Scores(length);
  const [found, followers] = [[...blocksIn(row.found)], [...blocksIn(row.followers)]];
  addTerms(scores, found, expansion.alternatives);
  const candidates = candidatesFor(expansion, { found, followers }, scores, { length, isPossible });
  if (candidates.some(({ documents }) => documents.length > 0)) {
    const worded = await askFor(reading, wordedStatement(candidates));
    if (worded === null) return null;
    for (const { place, documents } of worded.sequences ?? []) {
      const { sequence, impacts } = candidates[place - 1] as Candidates;
      for (const document of documents)
        scores.add(document, sequence.mask, sequence.weight * (impacts[document] as number));
    }
  }
  return scores.withAll(expansion.required);
}
