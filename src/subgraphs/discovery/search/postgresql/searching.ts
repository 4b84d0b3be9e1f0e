import { highlighted } from '../analysis/highlight.js';
import type { Stems } from '../analysis/stems.js';
import type { SearchAnswer, SearchRequest } from '../engine.js';
import { expand, lexiconOf, type Expansion, type IndexState, type Meant } from './expansion.js';
import type { Memory, Remembered } from './memory.js';
import type { CountedSets } from './facet-sets.js';
import { recordsIn, type Test } from './filter.js';
import { isCounted, narrowedTo, type Narrowed } from './narrowing.js';
import { blocksIn } from './postings.js';
import { again, askFor, hitsOf, knownState, type Reading } from './reading.js';
import { addTerms, candidatesFor, everyDocument, Scores, type Candidates, type Scored } from './scoring.js';
import { searchStatement, wordedStatement, type SearchRow } from './search.sql.js';

/** By what queries are read. */
export interface Reader {
  stems: Stems;
  meant: Meant;
  memory: Memory;
}

/** Expands the query, has its postings found, and adds them up, narrows and counts them. */
export function search(reading: Reading, reader: Reader, request: SearchRequest): Promise<SearchAnswer> {
  const { columns } = reading;
  return again(async (isLast, isAgain) => {
    // What was read before it failed is not to be believed.
    if (isAgain) reader.memory.forget(request.query);
    const found = await documentsFor(reading, reader, request);
    if (found === null) return null;
    const { narrowed, expansion } = found;
    const counts = request.facets.map(({ name, limit }) => [
      name,
      columns.sets.countsOf(narrowed.counts.get(name) as CountedSets, limit),
    ]);
    const total = narrowed.documents.length;
    const shown = total < (request.least ?? 0) ? { ...request, size: 0 } : request;
    const hits = await hitsOf({ ...reading, isLast }, narrowed, shown, (document) =>
      highlighted(document, expansion, request.query.language),
    );
    const { unknown, commonest } = expansion;
    return hits && { total, hits, facets: Object.fromEntries(counts), unknown, commonest };
  });
}

/** The documents that answer a request; null where the index was replaced meanwhile. */
async function documentsFor(
  reading: Reading,
  { stems, meant, memory }: Reader,
  request: SearchRequest,
): Promise<{ narrowed: Narrowed; expansion: Expansion } | null> {
  const { run, columns } = reading;
  const { query } = request;
  const state = await knownState(reading);
  const remembered = memory.of(query, state.epoch, () => lexiconOf(run, stems, state, query));
  const expansion = await expand(remembered.lexicon, meant, query);
  const row = await blocksFor(reading, remembered, expansion, recordsIn(request.filter));
  if (row === null || (row.state && !isAlike(row.state, state))) return null;
  const compared = { columns, documents: new Map(Object.entries(row.named ?? {})) };
  const scored = expansion.isAsked
    ? await scoredBy(reading, remembered, expansion, isCounted(request, compared))
    : everyDocument(columns);
  // Another search may have noticed meanwhile that the index was replaced.
  if (scored === null || columns.state?.epoch !== state.epoch) return null;
  return { narrowed: narrowedTo(scored, request, compared), expansion };
}

/** Asks for postings that are not remembered; and always where the query has no words, so that something tells what is new. */
async function blocksFor(
  reading: Reading,
  remembered: Remembered,
  { alternatives, sequences }: Expansion,
  records: readonly string[],
): Promise<{ state?: IndexState; named?: SearchRow['named'] } | null> {
  const following = new Set(sequences.flatMap(({ terms }) => terms.map(({ term }) => term)));
  const terms = new Set([...alternatives.map(({ term }) => term), ...following]);
  const found = [...terms].filter((term) => !remembered.found.has(term));
  const followers = [...following].filter((term) => !remembered.followers.has(term));
  if (remembered.found.size > 0 && found.length + followers.length + records.length === 0) return {};
  const row = await askFor(reading, searchStatement({ found, followers, records }));
  if (row === null) return null;
  for (const [kind, asked] of [
    ['found', found],
    ['followers', followers],
  ] as const) {
    for (const term of asked) remembered[kind].set(term, []);
    for (const block of blocksIn(row[kind])) remembered[kind].get(block.term)?.push(block);
  }
  return row;
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
  remembered: Remembered,
  expansion: Expansion,
  isPossible: Test,
): Promise<Scored | null> {
  const { length } = reading.columns;
  const scores = new Scores(length);
  const [found, followers] = [remembered.found, remembered.followers].map((blocks) => [...blocks.values()].flat());
  addTerms(scores, found ?? [], expansion.alternatives);
  const blocks = { found: found ?? [], followers: followers ?? [] };
  const candidates = candidatesFor(expansion, blocks, scores, { length, isPossible });
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
