import { facetNames, type FacetName, type SearchDocument, type SearchText, type TextField } from '../document.js';
import { withAncestors } from '../facet.js';
import { tokensOf, type Token } from '../analysis/tokens.js';
import type { Shown } from '../analysis/highlight.js';
import { stemIn, type Stemming } from '../analysis/stemming.js';
import { knownLanguage } from '../analysis/languages.js';

/** A document as the server holds it. */
export interface IndexedDocument {
  id: string;
  hash: string;
  /** What hits are made from, as JSON: one text is handed out in a fraction of the time that its parts would take. */
  shown: string;
  /** The languages that its texts are stemmed in. */
  languages: string[];
  /** An entry for each text of a field: its words without accents and case, and again without inflection. */
  exact: Partial<Record<TextField, string[][]>>;
  /** The former alone: what was mistyped is compared with words. */
  loose: Partial<Record<TextField, string[]>>;
  facet: Partial<Record<FacetName, string[]>>;
  year?: number[];
  /** Milliseconds since 1970. */
  updated: number;
  sortTitle: string;
  _geo?: { lat: number; lng: number };
}

interface ReadText extends SearchText {
  tokens: Token[];
  /** The languages it is stemmed in: a name belongs to none, and is found in all. */
  readers: readonly string[];
}

/** Writes documents as the server is to hold them; the stems of all of them are learned at once. */
export async function indexed(documents: readonly SearchDocument[], stemming: Stemming): Promise<IndexedDocument[]> {
  const read = documents.map(({ texts }) =>
    texts.map((text): ReadText => {
      const language = knownLanguage(text.language);
      const readers = text.language === null ? stemming.languages : [language ?? []].flat();
      return { ...text, tokens: tokensOf(text.text), readers };
    }),
  );
  await stemming.learn(
    read
      .flat()
      .flatMap(({ tokens, readers }) =>
        readers.flatMap((language) => tokens.map(({ bare }): [string, string] => [language, bare])),
      ),
  );
  return documents.map((document, index) => ({
    ...plain(document),
    ...textual(document, read[index] as ReadText[], stemming),
  }));
}

function textual({ title }: SearchDocument, texts: readonly ReadText[], stemming: Stemming) {
  const exact: IndexedDocument['exact'] = {};
  const loose: IndexedDocument['loose'] = {};
  let sortTitle = title;
  for (const { field, text, tokens, readers } of texts) {
    const words = tokens.map(({ folded }) => folded).join(' ');
    const stems = readers.map((reader) => tokens.map((token) => stemIn(stemming, reader, token)).join(' '));
    (exact[field] ??= []).push([...new Set([words, ...stems])]);
    (loose[field] ??= []).push(words);
    if (field === 'title' && text === title) sortTitle = words;
  }
  return {
    languages: [...new Set(texts.flatMap(({ language }) => knownLanguage(language) ?? []))],
    exact,
    loose,
    sortTitle,
  };
}

/** Halves of characters are in no index, and in no JSON. */
const shownOf = ({ id, type, url, title, language, texts }: SearchDocument): Shown => ({
  id,
  type,
  url,
  title: title.toWellFormed(),
  language,
  texts: texts.map((each) => ({ ...each, text: each.text.toWellFormed() })),
});

function plain(document: SearchDocument) {
  const { id, hash, facets, point, updatedAt } = document;
  const held = facetNames.filter((name) => facets[name].length > 0);
  const years = facets.year.map(Number).filter(Number.isInteger);
  return {
    id,
    hash,
    shown: JSON.stringify(shownOf(document)),
    facet: Object.fromEntries(held.map((name) => [name, withAncestors(name, facets[name])])),
    ...(years.length > 0 && { year: years }),
    updated: Date.parse(updatedAt),
    ...(point && { _geo: { lat: point.latitude, lng: point.longitude } }),
  };
}
