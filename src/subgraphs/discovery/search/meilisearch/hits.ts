import type { TextField } from '../document.js';
import { textFields } from '../document.js';
import type { SearchHit, SearchRequest, Segment } from '../engine.js';
import { tokensOf } from '../postgresql/analysis.js';
import type { IndexedDocument } from './indexed-document.js';

/** Characters for private use: no token holds one. */
export const sentinels = { before: '\u{e000}', after: '\u{e001}' } as const;

/** What the server answers of a document, with sentinels around what was looked for in the copy. */
export interface AnsweredHit extends IndexedDocument {
  _rankingScore?: number;
  _formatted?: Partial<Pick<IndexedDocument, 'exact' | 'loose'>>;
  _federation?: { weightedRankingScore: number };
}

/** What of a document a hit is made from. */
export const shownOfHits = ['id', 'type', 'url', 'title', 'texts', '_geo'];
export const markedInHits = ['exact', 'loose'];

/** A text of a hit and which of its words were looked for, by their position. */
interface MarkedText {
  field: TextField;
  text: string;
  marks: Set<number>;
}

/** Words before and after the best match of a snippet. */
const around = 12;

export function hitOf(hit: AnsweredHit, near: SearchRequest['near']): SearchHit {
  const texts = markedTexts(hit);
  const matched = texts.filter(({ marks }) => marks.size > 0);
  const titled = texts.find(({ field, text }) => field === 'title' && text === hit.title);
  const others = texts.filter((text) => text !== titled && text.text !== hit.title);
  const best = others.toSorted((one, other) => other.marks.size - one.marks.size)[0];
  const told = best && best.marks.size > 0 ? best : (others.find(({ field }) => field === 'summary') ?? best);
  const score = hit._federation?.weightedRankingScore ?? hit._rankingScore ?? 0;
  return {
    id: hit.id,
    type: hit.type,
    url: hit.url,
    title: hit.title,
    titleSegments: segments({ field: 'title', text: hit.title, marks: titled?.marks ?? new Set() }),
    snippet: told ? snippet(told) : [],
    score: Math.min(1, Math.max(0, score)),
    matchedIn: textFields.filter((field) => matched.some((text) => text.field === field)),
    distance: near && hit._geo ? kilometres(near, hit._geo) : null,
  };
}

function markedTexts({ texts, _formatted }: AnsweredHit): MarkedText[] {
  const { exact = {}, loose = {} } = _formatted ?? {};
  const taken = new Map<TextField, number>();
  return texts.map(({ field, text }) => {
    const nth = taken.get(field) ?? 0;
    taken.set(field, nth + 1);
    const readings = [...(exact[field]?.[nth] ?? []), loose[field]?.[nth] ?? ''];
    return { field, text, marks: new Set(readings.flatMap(marksIn)) };
  });
}

/** Positions of the tokens that stand between sentinels, in part or with their neighbours. */
function marksIn(reading: string): number[] {
  if (!reading.includes(sentinels.before)) return [];
  const marks: number[] = [];
  let isOpen = false;
  for (const [index, token] of reading.split(' ').entries()) {
    if (isOpen || token.includes(sentinels.before)) marks.push(index);
    isOpen =
      token.lastIndexOf(sentinels.before) > token.lastIndexOf(sentinels.after) ||
      (isOpen && !token.includes(sentinels.after));
  }
  return marks;
}

/** A stretch of the text, its words marked or not. */
function segments({ text, marks }: MarkedText, from = 0, to = text.length): Segment[] {
  const found: Segment[] = [];
  let at = from;
  for (const [index, { start, end }] of tokensOf(text).entries()) {
    if (!marks.has(index) || start < from || end > to) continue;
    if (start > at) found.push({ text: text.slice(at, start), isMatch: false });
    found.push({ text: text.slice(start, end), isMatch: true });
    at = end;
  }
  if (at < to) found.push({ text: text.slice(at, to), isMatch: false });
  return found;
}

/** Some words around the place where most of what was looked for stands together. */
function snippet(text: MarkedText): Segment[] {
  const tokens = tokensOf(text.text);
  const positions = [...text.marks].toSorted((one, other) => one - other);
  const near = (position: number) => positions.filter((each) => each >= position && each < position + around).length;
  const first = positions.reduce((best, each) => (near(each) > near(best) ? each : best), positions[0] ?? 0);
  const from = Math.max(0, first - around);
  const to = Math.min(tokens.length - 1, first + 2 * around);
  const begins = from === 0 ? 0 : (tokens[from]?.start ?? 0);
  const ends = to >= tokens.length - 1 ? text.text.length : (tokens[to]?.end ?? text.text.length);
  const cut = segments(text, begins, ends);
  return [
    ...(begins > 0 ? [{ text: '… ', isMatch: false }] : []),
    ...cut,
    ...(ends < text.text.length ? [{ text: ' …', isMatch: false }] : []),
  ];
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
