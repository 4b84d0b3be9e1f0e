import type { SearchText, SearchedType, TextField } from '../document.js';
import { textFields } from '../document.js';
import type { SearchHit, Segment } from '../engine.js';
import { tokensOf, type Token } from './tokens.js';

/** What the index keeps of a document to show it. */
export interface Shown {
  id: string;
  type: SearchedType;
  url: string;
  title: string;
  language: string | null;
  texts: SearchText[];
}

/** Words of a snippet. */
const width = 32;
/** Words before the first match. */
const before = 6;

/** What is looked for in texts, as folded words: words, beginnings of words, and words side by side. */
export interface Matching {
  words: ReadonlySet<string>;
  prefixes: readonly string[];
  sequences: readonly { words: readonly string[] }[];
}

/** A hit with its matches marked, without score and distance. */
export function highlighted(
  shown: Shown,
  matching: Matching,
  language: string | null,
): Omit<SearchHit, 'score' | 'distance'> {
  const { id, type, url, title, texts } = shown;
  const marked = texts.map((text) => markedOf(text, matching));
  const matchedIn = textFields.filter((field) => marked.some((each) => each.field === field && each.matches.size > 0));
  return {
    id,
    type,
    url,
    title,
    titleSegments: segmentsOf(markedOf({ field: 'title', language: null, text: title }, matching)),
    snippet: snippetOf(marked, language),
    matchedIn,
  };
}

interface Marked extends SearchText {
  tokens: Token[];
  /** Which tokens are looked for, by their place. */
  matches: Set<number>;
}

function markedOf(text: SearchText, { words, prefixes, sequences }: Matching): Marked {
  const tokens = tokensOf(text.text);
  const matches = new Set<number>();
  tokens.forEach(({ folded }, at) => {
    if (words.has(folded) || prefixes.some((prefix) => folded.startsWith(prefix))) matches.add(at);
    for (const sequence of sequences)
      if (sequence.words.every((word, index) => tokens[at + index]?.folded === word))
        sequence.words.forEach((_, index) => matches.add(at + index));
  });
  return { ...text, tokens, matches };
}

function segmentsOf({ text, tokens, matches }: Marked, from = 0, to = text.length): Segment[] {
  const segments: Segment[] = [];
  let done = from;
  for (const [at, { start, end }] of tokens.entries()) {
    if (!matches.has(at) || start < from || end > to) continue;
    if (start > done) segments.push({ text: text.slice(done, start), isMatch: false });
    segments.push({ text: text.slice(start, end), isMatch: true });
    done = end;
  }
  if (done < to) segments.push({ text: text.slice(done, to), isMatch: false });
  return segments;
}

/** Snippets are cut from these, the former ones first where they say the same. */
const telling: readonly TextField[] = ['summary', 'body', 'name', 'keyword'];

function snippetOf(marked: readonly Marked[], language: string | null): Segment[] {
  const candidates = telling.flatMap((field) => marked.filter((each) => each.field === field));
  const windows = candidates.map((each) => ({ each, ...bestWindow(each) }));
  const isWanted = ({ each }: { each: Marked }) => each.language === language;
  const isLong = ({ each }: { each: Marked }) => each.field === 'summary' || each.field === 'body';
  const [best] = windows
    .filter(({ count }) => count > 0)
    .toSorted(
      (one, other) =>
        Number(isLong(other)) - Number(isLong(one)) ||
        other.count - one.count ||
        Number(isWanted(other)) - Number(isWanted(one)),
    );
  if (best) return cut(best.each, Math.max(0, best.first - before));
  const otherwise = windows.filter(isLong);
  const first = otherwise.find(isWanted) ?? otherwise[0];
  return first ? cut(first.each, 0) : [];
}

/** Where most different words stand close together. */
function bestWindow({ tokens, matches }: Marked): { first: number; count: number } {
  let best = { first: 0, count: 0 };
  const places = [...matches].toSorted((one, other) => one - other);
  for (const first of places) {
    const inside = places.filter((place) => place >= first && place < first + width - before);
    const count = new Set(inside.map((place) => tokens[place]?.folded)).size;
    if (count > best.count) best = { first, count };
  }
  return best;
}

function cut(marked: Marked, first: number): Segment[] {
  const { tokens, text } = marked;
  const from = first === 0 ? 0 : (tokens[first]?.start ?? 0);
  const isWhole = first + width >= tokens.length;
  const to = isWhole ? text.length : (tokens[first + width - 1]?.end ?? text.length);
  const segments = segmentsOf(marked, from, to);
  if (from > 0) segments.unshift({ text: '… ', isMatch: false });
  if (!isWhole) segments.push({ text: ' …', isMatch: false });
  return segments;
}
