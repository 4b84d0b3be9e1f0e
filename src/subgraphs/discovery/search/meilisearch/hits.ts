import { textFields } from '../document.js';
import type { SearchHit, SearchRequest } from '../engine.js';
import { highlighted } from '../analysis/highlight.js';
import type { IndexedDocument } from './indexed-document.js';
import type { QueryText } from './query-texts.js';

/** Characters for private use: no token holds one. */
export const sentinels = { before: '\u{e000}', after: '\u{e001}' } as const;

/** What the server answers of a document, with sentinels around what was looked for in the copy. */
export interface AnsweredHit extends IndexedDocument {
  _formatted?: Partial<Pick<IndexedDocument, 'exact' | 'loose'>>;
  _federation: { weightedRankingScore: number };
}

/** What of a document a hit is made from. */
export const shownOfHits = ['id', 'type', 'url', 'title', 'language', 'texts', '_geo'];
export const markedInHits = ['exact', 'loose'];

export function hitOf(
  hit: AnsweredHit,
  { near, language }: { near: SearchRequest['near']; language: string | null },
): SearchHit {
  const matching = { words: foundWords(hit), prefixes: [], sequences: [] };
  return {
    ...highlighted(hit, matching, language),
    score: Math.max(0, hit._federation.weightedRankingScore),
    distance: near && hit._geo ? kilometres(near, hit._geo) : null,
  };
}

/** A document as if the server had marked in it what these texts look for, each word by itself. */
export function markedBy(document: IndexedDocument, texts: readonly QueryText[], score: number): AnsweredHit {
  const whole = new Set<string>();
  const beginnings: string[] = [];
  for (const { text } of texts)
    for (const [index, token] of text.trim().replaceAll('"', '').split(' ').entries())
      if (index === text.split(' ').length - 1) beginnings.push(token);
      else whole.add(token);
  const isFound = (token: string) => whole.has(token) || beginnings.some((each) => token.startsWith(each));
  const mark = (reading: string) =>
    reading
      .split(' ')
      .map((token) => (isFound(token) ? `${sentinels.before}${token}${sentinels.after}` : token))
      .join(' ');
  const { exact, loose } = document;
  const marked = Object.fromEntries(
    Object.entries(exact).map(([field, all]) => [field, all.map((each) => each.map(mark))]),
  );
  return { ...document, _formatted: { exact: marked, loose }, _federation: { weightedRankingScore: score } };
}

/** The words of a hit that were looked for, without accents and case, whichever reading of them was found. */
function foundWords({ _formatted }: AnsweredHit): Set<string> {
  const { exact = {}, loose = {} } = _formatted ?? {};
  const found = textFields.flatMap((field) =>
    (loose[field] ?? []).flatMap((text, nth) => {
      const words = text.replaceAll(/[\u{e000}\u{e001}]/gu, '').split(' ');
      return [text, ...(exact[field]?.[nth] ?? [])].flatMap(marksIn).flatMap((position) => words[position] ?? []);
    }),
  );
  return new Set(found);
}

/** Positions of the tokens that stand between sentinels, in part or with their neighbours. */
function marksIn(reading: string): number[] {
  if (!reading.includes(sentinels.before)) return [];
  const marks: number[] = [];
  let isOpen = false;
  for (const [position, token] of reading.split(' ').entries()) {
    const opens = token.lastIndexOf(sentinels.before);
    const closes = token.lastIndexOf(sentinels.after);
    if (isOpen || opens >= 0) marks.push(position);
    if (opens >= 0 || closes >= 0) isOpen = opens > closes;
  }
  return marks;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Along the great circle of a sphere of the earth's mean radius. */
function kilometres(one: { latitude: number; longitude: number }, other: { lat: number; lng: number }): number {
  const [latitude, longitude] = [radians(other.lat - one.latitude), radians(other.lng - one.longitude)];
  const chord =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.lat)) * Math.sin(longitude / 2) ** 2;
  return 2 * 6_371.0088 * Math.asin(Math.sqrt(chord));
}
