import type { SearchText, SearchedType, TextField } from '../document.js';
import { textFields } from '../document.js';
import type { SearchHit, Segment } from '../engine.js';
import { foldedOf, wordEnd, wordFrom } from './tokens.js';

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
  const found: Marked[] = [];
  for (const { field, language: tag, text } of texts) {
    const marks = marksIn(text, matching);
    if (marks.length > 0) found.push({ field, language: tag, text, marks });
  }
  return {
    id,
    type,
    url,
    title,
    highlights: segmentsOf({ text: title, marks: marksIn(title, matching) }),
    snippet: snippetOf(found, texts, language),
    matchedIn: textFields.filter((field) => found.some((each) => each.field === field)),
  };
}

/** A word of a text that is looked for: the how many-th it is, where it stands, and how it is compared. */
interface Mark {
  at: number;
  start: number;
  end: number;
  folded: string;
}

interface Marked extends SearchText {
  marks: Mark[];
}

/** Most texts of a hit hold nothing that is looked for: of their words hardly more than the first letter is read. */
function marksIn(text: string, matching: Matching): Mark[] {
  const initials = initialsOf(matching);
  const marks: Mark[] = [];
  if (initials.size === 0) return marks;
  /** The words before this one are looked for side by side. */
  let beside = 0;
  for (let at = 0, end = 0, start = wordFrom(text, 0); start >= 0; start = wordFrom(text, end), at += 1) {
    end = wordEnd(text, start);
    if (at >= beside && !mayBegin(text.charCodeAt(start), initials)) continue;
    const folded = foldedOf(text.slice(start, end));
    for (const { words } of matching.sequences)
      if (words[0] === folded && isFollowed(text, end, words)) beside = Math.max(beside, at + words.length);
    if (at < beside || isLookedFor(folded, matching)) marks.push({ at, start, end, folded });
  }
  return marks;
}

const isLookedFor = (folded: string, { words, prefixes }: Matching): boolean =>
  words.has(folded) || prefixes.some((prefix) => folded.startsWith(prefix));

/** Whether the words that follow upon this place are these, but for the first. */
function isFollowed(text: string, from: number, words: readonly string[]): boolean {
  let end = from;
  return words.slice(1).every((word) => {
    const start = wordFrom(text, end);
    if (start < 0) return false;
    end = wordEnd(text, start);
    return foldedOf(text.slice(start, end)) === word;
  });
}

const knownInitials = new WeakMap<Matching, ReadonlySet<number>>();

/** What the words that are looked for begin with: UTF-16 units. */
function initialsOf(matching: Matching): ReadonlySet<number> {
  const { words, prefixes, sequences } = matching;
  const known = knownInitials.get(matching);
  if (known) return known;
  const sought = [...words, ...prefixes, ...sequences.flatMap((each) => each.words)];
  const initials = new Set(sought.map((word) => word.charCodeAt(0)));
  knownInitials.set(matching, initials);
  return initials;
}

/** Of a plain letter only its case is folded; what others become is not known before. */
const mayBegin = (unit: number, initials: ReadonlySet<number>): boolean =>
  unit > 0x7f || initials.has(unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit);

function segmentsOf({ text, marks }: Pick<Marked, 'text' | 'marks'>, from = 0, to = text.length): Segment[] {
  const segments: Segment[] = [];
  let done = from;
  for (const { start, end } of marks) {
    if (start < from || end > to) continue;
    if (start > done) segments.push({ text: text.slice(done, start), isMatch: false });
    segments.push({ text: text.slice(start, end), isMatch: true });
    done = end;
  }
  if (done < to) segments.push({ text: text.slice(done, to), isMatch: false });
  return segments;
}

/** Snippets are cut from these, the former ones first where they say the same. */
const telling: readonly TextField[] = ['summary', 'body', 'name', 'keyword'];
const isLong = ({ field }: SearchText): boolean => field === 'summary' || field === 'body';

const inOrder = <Text extends SearchText>(texts: readonly Text[]): Text[] =>
  telling.flatMap((field) => texts.filter((each) => each.field === field));

/** From a long text where one holds something; `found` are the texts that do. */
function snippetOf(found: readonly Marked[], all: readonly SearchText[], language: string | null): Segment[] {
  const isWanted = (each: SearchText) => each.language === language;
  const long = found.filter(isLong);
  const [best] = inOrder(long.length > 0 ? long : found)
    .map((each) => ({ each, ...bestWindow(each) }))
    .toSorted((one, other) => other.count - one.count || Number(isWanted(other.each)) - Number(isWanted(one.each)));
  if (best) return cut(best.each, Math.max(0, best.first - before));
  const otherwise = inOrder(all.filter(isLong));
  const first = otherwise.find(isWanted) ?? otherwise[0];
  return first ? cut({ ...first, marks: [] }, 0) : [];
}

/** Where most different words stand close together. */
function bestWindow({ marks }: Marked): { first: number; count: number } {
  let best = { first: 0, count: 0 };
  for (const { at: first } of marks) {
    const inside = marks.filter(({ at }) => at >= first && at < first + width - before);
    const count = new Set(inside.map(({ folded }) => folded)).size;
    if (count > best.count) best = { first, count };
  }
  return best;
}

/** So many words from the how many-th on. */
function cut(marked: Marked, first: number): Segment[] {
  const { text } = marked;
  let [from, to, isWhole] = [0, text.length, true];
  for (let at = 0, end = 0, start = wordFrom(text, 0); start >= 0 && isWhole; start = wordFrom(text, end), at += 1) {
    end = wordEnd(text, start);
    if (at === first && first > 0) from = start;
    if (at === first + width - 1) to = end;
    isWhole = at < first + width;
  }
  if (isWhole) to = text.length;
  const segments = segmentsOf(marked, from, to);
  if (from > 0) segments.unshift({ text: '… ', isMatch: false });
  if (!isWhole) segments.push({ text: ' …', isMatch: false });
  return segments;
}
