import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { deletionsOf, distance } from './analysis.js';
import { live, of } from './tables.js';

/** Lengths of words that may be mistyped by a letter and still be found; those of at least `twice` by two. */
export const mistypable = { least: 4, twice: 8, most: 24 };

/** So many words are tried for one that is not known, the commonest first. */
const mostCorrections = 12;
const mostAlike = 60;

export const mayBeMistyped = (word: string): boolean =>
  word.length >= mistypable.least && word.length <= mistypable.most && !/\d/.test(word);

interface Candidate {
  lexeme: string;
  documents: number;
}

/**
 * Words of the index that a word may have been meant as. Two words that differ by one letter left out, put in, replaced or
 * swapped with its neighbour become the same when each leaves out a letter, or one does: an index of such remains finds
 * them (Mor and Fraenkel, 1982). For two letters the most alike by trigrams are tried.
 */
export async function correctionsOf(run: Run, word: string): Promise<string[]> {
  if (!mayBeMistyped(word)) return [];
  const remains = [word, ...deletionsOf(word)];
  const near = await run(sql<Candidate>`
    select t.lexeme, t.documents from ${of(live, 'term')} t
    where t.id in (select d.term from ${of(live, 'deletion')} d where d.letters = any(${remains}::text[])
        union select w.id from ${of(live, 'term')} w where w.lexeme = any(${remains}::text[]))
      and t.is_word and t.documents > 0`);
  const once = within(near, word, 1);
  if (once.length > 0 || word.length < mistypable.twice) return once;
  const alike = await run(sql<Candidate>`
    select t.lexeme, t.documents from ${of(live, 'term')} t
    where t.is_word and t.documents > 0 and t.lexeme % ${word}
    order by similarity(t.lexeme, ${word}) desc, t.lexeme limit ${mostAlike}`);
  return within(alike, word, 2);
}

const within = (candidates: readonly Candidate[], word: string, most: number): string[] =>
  candidates
    .filter(({ lexeme }) => distance(lexeme, word) <= most)
    .toSorted((one, other) => other.documents - one.documents)
    .slice(0, mostCorrections)
    .map(({ lexeme }) => lexeme);
