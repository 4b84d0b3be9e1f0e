import { facetNames, type FacetName, type SearchDocument, type SearchText, type TextField } from '../document.js';
import { withAncestors } from '../facet.js';
import { inTurns } from '../analysis/in-turns.js';
import type { Stemming } from '../analysis/stemming.js';
import { knownLanguage } from '../analysis/languages.js';
import { shownOf } from './shown.js';
import { writtenTexts, type Written } from './written.js';

/** A document as the server holds it. */
export interface IndexedDocument {
  id: string;
  hash: string;
  /** What hits are made from (`shownOf`): one text is handed out in a fraction of the time that its parts would take. */
  shown: string;
  /** The languages that its texts are stemmed in. */
  languages: string[];
  /** An entry for each text of a field: its words without accents and case, and again without inflection. */
  words: Partial<Record<TextField, Written[]>>;
  facet: Partial<Record<FacetName, string[]>>;
  year?: number[];
  /** Milliseconds since 1970. */
  updated: number;
  sortTitle: string;
  _geo?: { lat: number; lng: number };
}

/** Writes documents as the server is to hold them. */
export const indexed = (documents: readonly SearchDocument[], stemming: Stemming): Promise<IndexedDocument[]> =>
  inTurns(documents, async (some) => {
    const texts = some.flatMap((each) => each.texts);
    const written = await writtenTexts(texts, stemming);
    return some.map((each) => ({ ...plain(each), ...textual(each, written) }));
  });

function textual({ title, texts }: SearchDocument, written: (text: SearchText) => Written) {
  const words: IndexedDocument['words'] = {};
  let sortTitle = title;
  for (const text of texts) {
    const all = written(text);
    (words[text.field] ??= []).push(all);
    if (text.field === 'title' && text.text === title) sortTitle = all[0] ?? title;
  }
  return {
    languages: [...new Set(texts.flatMap(({ language }) => knownLanguage(language) ?? []))],
    words,
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
