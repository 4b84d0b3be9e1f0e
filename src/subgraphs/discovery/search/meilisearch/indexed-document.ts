import { facetNames, type FacetName, type SearchDocument, type SearchText, type TextField } from '../document.js';
import { withAncestors } from '../facet.js';
import { inTurns } from '../analysis/in-turns.js';
import { tokensOf, type Token } from '../analysis/tokens.js';
import { stemIn, type Stemming } from '../analysis/stemming.js';
import { knownLanguage } from '../analysis/languages.js';
import { shownOf } from './shown.js';

/** A document as the server holds it. */
export interface IndexedDocument {
  id: string;
  hash: string;
  /** What hits are made from (`shownOf`): one text is handed out in a fraction of the time that its parts would take. */
  shown: string;
  /** The languages that its texts are stemmed in. */
  languages: string[];
  /** An entry for each text of a field: its words without accents and case, and again without inflection. */
  words: Partial<Record<TextField, string[][]>>;
  facet: Partial<Record<FacetName, string[]>>;
  year?: number[];
  /** Milliseconds since 1970. */
  updated: number;
  sortTitle: string;
  _geo?: { lat: number; lng: number };
}

interface ReadText extends SearchText {
  tokens: Token[];
}

/** What a word of a name may be reduced to, without how it stands. */
type FormsOf = (token: Token) => readonly string[];

/** Writes documents as the server is to hold them. */
export const indexed = (documents: readonly SearchDocument[], stemming: Stemming): Promise<IndexedDocument[]> =>
  inTurns(documents, (some) => indexedAtOnce(some, stemming));

/** Forms of words of names: asking two dozen languages for each word of each name was a fifth of all the work. */
const knownForms = new WeakMap<Stemming, Map<string, readonly string[]>>();
const mostForms = 50_000;

/** What words of names may be reduced to in any language, by the word, without how it stands. */
async function formsOfNames(
  tokens: readonly Token[],
  stemming: Stemming,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const before = knownForms.get(stemming);
  const forms = before && before.size < mostForms ? before : new Map<string, readonly string[]>();
  knownForms.set(stemming, forms);
  const fresh = new Map(tokens.filter(({ bare }) => !forms.has(bare)).map((token) => [token.bare, token]));
  const words = [...fresh.keys()];
  await stemming.learn(stemming.languages.flatMap((each) => words.map((bare): [string, string] => [each, bare])));
  for (const [bare, token] of fresh) {
    const stems = new Set(stemming.languages.map((language) => stemIn(stemming, language, token)));
    const others = [...stems].filter((stem) => stem !== token.folded);
    forms.set(bare, others);
  }
  return forms;
}

/** The stems of all of them are learned at once. */
async function indexedAtOnce(documents: readonly SearchDocument[], stemming: Stemming): Promise<IndexedDocument[]> {
  const read = documents.map(({ texts }) => texts.map((text) => ({ ...text, tokens: tokensOf(text.text) })));
  const ofNames: Token[] = [];
  const pairs: [language: string, bare: string][] = [];
  for (const { language, tokens } of read.flat()) {
    const reader = knownLanguage(language);
    if (reader !== null) for (const { bare } of tokens) pairs.push([reader, bare]);
    if (language === null) ofNames.push(...tokens);
  }
  const forms = await formsOfNames(ofNames, stemming);
  // Last: what is learned last is forgotten last, and these stems are asked for below.
  await stemming.learn(pairs);
  const formsOf: FormsOf = ({ bare }) => forms.get(bare) ?? [];
  return documents.map((document, index) => ({
    ...plain(document),
    ...textual(document, read[index] as ReadText[], (text) => reductionsOf(text, stemming, formsOf)),
  }));
}

/**
 * A text without inflection. A name belongs to no language, and is found in all: the nth of its reductions has of each word
 * the nth of what that may be reduced to.
 */
function reductionsOf({ language, tokens }: ReadText, stemming: Stemming, formsOf: FormsOf): string[] {
  const reader = knownLanguage(language);
  if (reader !== null) return [tokens.map((token) => stemIn(stemming, reader, token)).join(' ')];
  const forms = language === null ? tokens.map(formsOf) : [];
  const most = Math.max(0, ...forms.map(({ length }) => length));
  return Array.from({ length: most }, (_, nth) => forms.flatMap((each) => each[nth] ?? []).join(' '));
}

function textual({ title }: SearchDocument, texts: readonly ReadText[], reduced: (text: ReadText) => string[]) {
  const all: IndexedDocument['words'] = {};
  let sortTitle = title;
  for (const text of texts) {
    const words = text.tokens.map(({ folded }) => folded).join(' ');
    (all[text.field] ??= []).push([...new Set([words, ...reduced(text)])]);
    if (text.field === 'title' && text.text === title) sortTitle = words;
  }
  return {
    languages: [...new Set(texts.flatMap(({ language }) => knownLanguage(language) ?? []))],
    words: all,
    sortTitle,
  };
}

function plain(document: SearchDocument) {
  const { id, hash, facets, point, updatedAt } = document;
  const held = facetNames.filter((name) => facets[name].length > 0);
  const years = facets.year.map(Number).filter(Number.isInteger);
  return {
    id,
    hash,
    shown: shownOf(document),
    facet: Object.fromEntries(held.map((name) => [name, withAncestors(name, facets[name])])),
    ...(years.length > 0 && { year: years }),
    updated: Date.parse(updatedAt),
    ...(point && { _geo: { lat: point.latitude, lng: point.longitude } }),
  };
}
