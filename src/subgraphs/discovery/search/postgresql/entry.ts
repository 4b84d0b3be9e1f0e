import { withAncestors } from '../facet.js';
import { facetNames, type FacetName, type SearchDocument, type SearchText, type TextField } from '../document.js';
import { inTurns } from '../analysis/in-turns.js';
import { tokensOf, type Token } from '../analysis/tokens.js';
import { followedBy } from './postings.js';
import { knownLanguage } from '../analysis/languages.js';
import type { Stems } from '../analysis/stems.js';

/** A word and what it was reduced to in a text of its language. */
export interface Form {
  stem: string;
  word: string;
  language: string;
}

/** A document as the tables hold it. */
export interface Entry {
  document: SearchDocument;
  /** By lexeme: words as they stand and what they are reduced to, and how much each says of the document. */
  impacts: Map<string, number>;
  /** Words as they stand, each with a bit for every word that follows it somewhere. */
  words: Map<string, number>;
  /** What words were reduced to. */
  forms: Form[];
  /** All words in their order, between spaces; `|` where a text ends. */
  order: string;
  /** The titles and names in the same way. */
  names: string[];
  facets: Record<FacetName, string[]>;
}

/**
 * BM25F (Zaragoza and others, 2004): how much a word in a field is worth, how much the length of the field is held
 * against it, and a usual length in words. The latter is a constant: what is stored then follows from the document alone.
 */
export const fields: Record<TextField, { weight: number; b: number; length: number }> = {
  title: { weight: 4, b: 0.6, length: 9 },
  name: { weight: 4, b: 0.3, length: 4 },
  keyword: { weight: 1.5, b: 0.3, length: 5 },
  summary: { weight: 1.5, b: 0.7, length: 50 },
  body: { weight: 1, b: 0.7, length: 150 },
};
/** How soon a word that is repeated adds nothing more. */
const k1 = 2.5;

/** In these a stop word says something: `The Who`. */
const isShort = (field: TextField): boolean => field === 'title' || field === 'name' || field === 'keyword';

interface Analysed extends SearchText {
  tokens: Token[];
  stemmed: string | null;
}

const analysed = (text: SearchText): Analysed => ({
  ...text,
  tokens: tokensOf(text.text),
  stemmed: knownLanguage(text.language),
});

/** The entries of some documents, and the languages that their words were reduced in. `learn` asks for the stems. */
export async function entriesOf(
  documents: readonly SearchDocument[],
  stems: Stems,
  learn: (pairs: Iterable<[language: string, bare: string]>) => Promise<void>,
): Promise<{ entries: Entry[]; languages: string[] }> {
  const texts = await inTurns(documents, (some) => some.map((document) => document.texts.map(analysed)));
  const all = texts.flat();
  await learn(
    all.flatMap(({ stemmed, tokens }) =>
      stemmed === null ? [] : tokens.map(({ bare }): [string, string] => [stemmed, bare]),
    ),
  );
  return {
    entries: await inTurns(documents, (some, from) =>
      some.map((document, index) => entryOf(document, texts[from + index] as Analysed[], stems)),
    ),
    languages: [...new Set(all.flatMap(({ stemmed }) => stemmed ?? []))],
  };
}

function entryOf(document: SearchDocument, texts: Analysed[], stems: Stems): Entry {
  const words = new Map<string, number>();
  const forms = new Map<string, Form>();
  const counts = new Map<TextField, Map<string, number>>();
  for (const text of texts) {
    const lexemes = new Map<string, number>();
    const add = (lexeme: string) => void lexemes.set(lexeme, (lexemes.get(lexeme) ?? 0) + 1);
    for (const [at, { bare, folded }] of text.tokens.entries()) {
      const stem = text.stemmed === null ? folded : stems.of(text.stemmed, bare);
      if (stem === null && !isShort(text.field)) continue;
      const next = text.tokens[at + 1];
      words.set(folded, ((words.get(folded) ?? 0) | (next ? followedBy(next.folded) : 0)) >>> 0);
      add(folded);
      if (stem === null || text.stemmed === null) continue;
      if (stem !== folded) add(stem);
      forms.set(`${stem} ${folded} ${text.stemmed}`, { stem, word: folded, language: text.stemmed });
    }
    const { weight, b, length } = fields[text.field];
    const shortness = weight / (1 - b + (b * text.tokens.length) / length);
    const field = counts.get(text.field) ?? new Map<string, number>();
    // Of the same text in several languages that counts which says it best: a name is no better for being in all.
    for (const [lexeme, count] of lexemes) field.set(lexeme, Math.max(field.get(lexeme) ?? 0, count * shortness));
    counts.set(text.field, field);
  }
  const orderOf = (each: Analysed) => each.tokens.map(({ folded }) => folded).join(' ');
  return {
    document,
    impacts: impactsOf(counts),
    words,
    forms: [...forms.values()],
    order: ` ${texts.map(orderOf).join(' | ')} `,
    names: texts.filter(({ field }) => field === 'title' || field === 'name').map((each) => ` ${orderOf(each)} `),
    facets: Object.fromEntries(
      facetNames.map((name) => [name, withAncestors(name, document.facets[name]).toSorted()]),
    ) as Entry['facets'],
  };
}

function impactsOf(counts: Map<TextField, Map<string, number>>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const field of counts.values())
    for (const [lexeme, count] of field) sums.set(lexeme, (sums.get(lexeme) ?? 0) + count);
  for (const [lexeme, sum] of sums) sums.set(lexeme, ((k1 + 1) * sum) / (k1 + sum));
  return sums;
}
