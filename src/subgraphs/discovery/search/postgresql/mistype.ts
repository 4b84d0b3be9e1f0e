import { sql, type RawBuilder } from 'kysely';
import { deletionsOf, distance } from '../analysis/edits.js';
import { stated, type Stated } from './stated.js';
import { live, of } from './tables.js';

/** Lengths of words that may be mistyped by a letter and still be found; those of at least `twice` by two. */
export const mistypable = { least: 4, twice: 8, most: 24 };

/** So many words are tried for one that is not known, the commonest first. */
const mostCorrections = 12;
const mostAlike = 60;
/** So many words of a query are compared by trigrams, which takes milliseconds for each. */
const mostTwice = 4;

export const mayBeMistyped = (word: string): boolean =>
  word.length >= mistypable.least && word.length <= mistypable.most && !/\d/.test(word);

/** Where one word may have been two: parts of three letters at least. */
export const splitsOf = (word: string): [string, string][] =>
  Array.from({ length: Math.max(0, word.length - 5) }, (_, at) => [word.slice(0, at + 3), word.slice(at + 3)]);

/** The likeliest of them: that of which the rarer part is in most documents. */
export function likeliestSplit(word: string, documentsWith: (part: string) => number): [string, string] | undefined {
  const splits = splitsOf(word).map((parts) => ({ parts, documents: Math.min(...parts.map(documentsWith)) }));
  const [best] = splits.toSorted((one, other) => other.documents - one.documents);
  return best && best.documents > 0 ? best.parts : undefined;
}

/** A word of the index that another may have been meant as. */
export interface Correction {
  lexeme: string;
  documents: number;
}

interface Candidate extends Correction {
  word: string;
}

interface CandidatesRow extends Stated {
  candidates: Candidate[] | null;
}

/** Runs a statement for its one row. */
export type Ask = <Row extends Stated>(statement: RawBuilder<Row>) => Promise<Row>;

type Corrections = Map<string, Correction[]>;

/**
 * Words of the index that differ from these by a letter, the commonest first. Two words that differ by one letter left out,
 * put in, replaced or swapped with its neighbour become the same when each leaves out a letter, or one does: an index of
 * such remains finds them (Mor and Fraenkel, 1982).
 */
export async function onceMistyped(ask: Ask, words: readonly string[]): Promise<Corrections> {
  const pairs = words
    .filter(mayBeMistyped)
    .flatMap((word) => [word, ...deletionsOf(word)].map((letters) => ({ word, letters })));
  if (pairs.length === 0) return new Map();
  const { candidates } = await ask(
    sql<CandidatesRow>`select ${stated}, (select json_agg(c) from (
    select distinct g.word, t.lexeme, t.documents
    from unnest(${pairs.map(({ word }) => word)}::text[], ${pairs.map(({ letters }) => letters)}::text[]) g (word, letters)
    cross join lateral (select d.term from ${of(live, 'deletion')} d where d.letters = g.letters
      union all select w.id from ${of(live, 'term')} w where w.lexeme = g.letters) n
    join ${of(live, 'term')} t on t.id = n.term
    where t.is_word and t.documents > 0 and t.lexeme <> g.word) c) as "candidates"`,
  );
  return within(candidates ?? [], 1);
}

/** Words of the index that differ from these long ones by two letters: of the most alike by trigrams. */
export async function twiceMistyped(ask: Ask, words: readonly string[]): Promise<Corrections> {
  const long = words.filter((word) => mayBeMistyped(word) && word.length >= mistypable.twice).slice(0, mostTwice);
  if (long.length === 0) return new Map();
  const { candidates } = await ask(
    sql<CandidatesRow>`select ${stated}, (select json_agg(c) from (
    select g.word, t.lexeme, t.documents from unnest(${long}::text[]) g (word)
    cross join lateral (select t.lexeme, t.documents from ${of(live, 'term')} t
      where t.is_word and t.documents > 0 and t.lexeme % g.word
      order by similarity(t.lexeme, g.word) desc, t.lexeme limit ${mostAlike}) t) c) as "candidates"`,
  );
  return within(candidates ?? [], 2);
}

function within(candidates: readonly Candidate[], most: number): Corrections {
  const near = candidates
    .filter(({ lexeme, word }) => distance(lexeme, word) <= most)
    .toSorted((one, other) => other.documents - one.documents || (one.lexeme < other.lexeme ? -1 : 1));
  const byWord = Map.groupBy(near, ({ word }) => word);
  return new Map([...byWord].map(([word, corrections]) => [word, corrections.slice(0, mostCorrections)]));
}
