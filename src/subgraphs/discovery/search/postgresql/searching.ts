import { highlighted } from '../analysis/highlight.js';
import type { Stems } from '../analysis/stems.js';
import type { SearchAnswer, SearchRequest } from '../engine.js';
import { expand, lexiconOf, type Expansion, type IndexState, type Meant } from './expansion.js';
import type { Memory, Remembered } from './memory.js';
import type { CountedSets } from './facet-sets.js';
import { recordsIn, type Test } from './filter.js';
import { isCounted, narrowedTo, type Narrowed } from './narrowing.js';
import { blocksIn } from './postings.js';
import { again, askFor, Changed, hitsOf, knownState, type Reading } from './reading.js';
import { addTerms, candidatesFor, everyDocument, Scores, type Candidates, type Scored } from './scoring.js';
import { searchStatement, wordedStatement } from './search.sql.js';

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
    const { narrowed, expansion } = await documentsFor(reading, reader, request);
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
    return { total, hits, facets: Object.fromEntries(counts), unknown, commonest };
  });
}

/** The documents that answer a request; throws where the index was replaced meanwhile, or became another in size. */
async function documentsFor(
  reading: Reading,
  { stems, meant, memory }: Reader,
  request: SearchRequest,
): Promise<{ narrowed: Narrowed; expansion: Expansion }> {
  const { columns } = reading;
  const { query } = request;
  const state = await knownState(reading);
  const remembered = memory.of(query, state.epoch, () => lexiconOf(reading, stems, state, query));
  const expansion = await expand(remembered.lexicon, meant, query);
  const named = await readPostings(reading, remembered, expansion, recordsIn(request.filter));
  const compared = { columns, documents: new Map(Object.entries(named)) };
  const scored = expansion.isAsked
    ? await scoredBy(reading, remembered, expansion, isCounted(request, compared))
    : everyDocument(columns);
  // What any statement told, even one of another search.
  if (columns.state === undefined || !isAlike(columns.state, state)) throw new Changed();
  return { narrowed: narrowedTo(scored, request, compared), expansion };
}

/**
 * Asks for postings that are not known yet, and for the documents of these records, which it returns; and always where the
 * query has no words, so that something tells what is new.
 */
async function readPostings(
  reading: Reading,
  { lexicon, followers }: Remembered,
  { alternatives, sequences }: Expansion,
  records: readonly string[],
): Promise<Record<string, number>> {
  const beside = [...new Set(sequences.flatMap(({ terms }) => terms.map(({ term }) => term)))];
  // Of one document both tell the same only where they were read together.
  const following = beside.filter((term) => !followers.has(term));
  const open = alternatives.map(({ term }) => term).filter((term) => !lexicon.postings.has(term));
  const found = [...new Set([...open, ...following])];
  if (lexicon.isAsked && found.length + records.length === 0) return {};
  const row = await askFor(reading, searchStatement({ found, followers: following, records }));
  for (const [term, blocks] of blocksIn(row.found)) lexicon.postings.set(term, blocks);
  for (const [term, blocks] of blocksIn(row.followers)) followers.set(term, blocks);
  return row.named ?? {};
}

/** Whether a query means the same in an index as when it was another one, or a smaller one. */
const isAlike = (one: IndexState, other: IndexState): boolean =>
  one.epoch === other.epoch &&
  one.languages.join() === other.languages.join() &&
  Math.abs(one.documents - other.documents) <= other.documents / 10;

/** The documents that answer a query; `isPossible` spares looking into those that are not counted anyhow. */
async function scoredBy(
  reading: Reading,
  { lexicon: { postings }, followers }: Remembered,
  expansion: Expansion,
  isPossible: Test,
): Promise<Scored> {
  const { length } = reading.columns;
  const scores = new Scores(length);
  addTerms(scores, postings, expansion.alternatives);
  const candidates = candidatesFor(expansion, { postings, followers }, scores, { length, isPossible });
  if (candidates.some(({ documents }) => documents.length > 0)) {
    const { sequences } = await askFor(reading, wordedStatement(candidates));
    for (const { place, documents } of sequences ?? []) {
      const { sequence, impacts } = candidates[place - 1] as Candidates;
      for (const document of documents)
        scores.add(document, sequence.mask, sequence.weight * (impacts[document] as number));
    }
  }
  return scores.withAll(expansion.required);
}
