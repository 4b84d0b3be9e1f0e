import { knownLanguage } from '../analysis/languages.js';
import type { Stems } from '../analysis/stems.js';
import { tokensOf, type Token } from '../analysis/tokens.js';
import type { SearchQuery, Word } from '../engine.js';
import { Draft, joined, maskOf, mistypableIn, weights, type Alternative, type Sequence, type Slot } from './draft.js';
import { Lexicon } from './lexicon.js';
import { onceMistyped, splitsOf, twiceMistyped, type Ask, type Correction } from './mistype.js';
import { askFor, type Reading } from './reading.js';

/** What the index says of itself. */
export interface IndexState {
  epoch: string;
  form: number;
  /** So many writes were made. */
  version: number;
  documents: number;
  languages: string[];
}

/** A query in the words of the index. */
export interface Expansion {
  /** Whether anything is asked for at all: of nothing everything is an answer. */
  isAsked: boolean;
  /** The words of the query that a hit must have; all bits of them. */
  required: number;
  /** Words of the query that no document has in any form. */
  unknown: string[];
  /** Words of the query that are not looked for: too many others tell more. */
  commonest: string[];
  alternatives: Alternative[];
  sequences: Sequence[];
  /** Words as they stand in texts that are to be highlighted; and beginnings of such. */
  words: Set<string>;
  prefixes: string[];
}

/** Words that a mask has room for; those of a query that come later are not looked for. */
const mostSlots = 30;

/** Of a long query for some of its words so many are looked for, the rarest. */
const mostTelling = 12;

/** A word that fewer documents have than a page has hits may be a typing error of one that so many times more have. */
const suspicion = { documents: 20, times: 10 };

interface Read {
  slots: Slot[];
  phrases: Token[][];
  /** What stands for several slots together. */
  expressions: { mask: number; synonyms: Token[][] }[];
}

/** What words may have been meant as, by how they are looked up: however often a query is relaxed, that is asked once. */
export type Meant = WeakMap<Word, Map<string, Correction[]>>;

/** What is known of the words of a query that is read in its own language, or in all of the index. */
export function lexiconOf(reading: Reading, stems: Stems, state: IndexState, { language }: SearchQuery): Lexicon {
  const own = knownLanguage(language);
  const languages = language === null ? state.languages : own === null ? [] : [own];
  return new Lexicon(reading, stems, languages, state.documents);
}

/** Asks the index for all that the words of a query may stand for. */
export async function expand(lexicon: Lexicon, meant: Meant, query: SearchQuery): Promise<Expansion> {
  const { slots: all, phrases, expressions } = await read(query, lexicon);
  await lookUp({ slots: all, phrases, expressions }, lexicon, meant);
  const slots = query.match === 'all' ? all : rarest(all, lexicon);
  const draft = new Draft(lexicon);
  slots.forEach((slot, index) => draft.addWord(slot, slots[index + 1]));
  for (const { synonyms, mask } of expressions) draft.addSynonyms(synonyms, mask);
  const masks = phrases.map((_, index) => ({ mask: 1 << (all.length + index) }));
  phrases.forEach((tokens, index) => draft.addSequence(tokens, masks[index]?.mask ?? 0, 1));
  await addCorrections(draft, slots, meant);
  const unknown = slots.filter((slot) => !draft.covers(slot)).map(({ word }) => word.text);
  return {
    ...draft.done(),
    isAsked: query.words.length + query.phrases.length > 0,
    unknown,
    commonest: all.filter((slot) => !slots.includes(slot)).map(({ word }) => word.text),
    required: maskOf(query.match === 'all' ? [...slots, ...masks] : masks),
  };
}

async function read(query: SearchQuery, lexicon: Lexicon): Promise<Read> {
  const phrases = query.phrases.map((words) => words.flatMap(tokensOf)).filter((tokens) => tokens.length > 0);
  const words = query.words
    .map(({ word, synonyms }) => ({ word, tokens: tokensOf(word.text), synonyms: synonyms.map(tokensOf) }))
    // Where some words are enough, a part of `high-speed` says something too.
    .flatMap((each) => (query.match === 'all' ? each : each.tokens.map((token) => ({ ...each, tokens: [token] }))))
    .filter(({ tokens }) => tokens.length > 0)
    .slice(0, Math.max(0, mostSlots - phrases.length));
  const expressions = query.expressions.map((each) => ({ ...each, synonyms: each.synonyms.map(tokensOf) }));
  await lexicon.learn([
    ...phrases.flat(),
    ...words.flatMap(({ tokens, synonyms }) => [...tokens, ...synonyms.flat()]),
    ...expressions.flatMap(({ synonyms }) => synonyms.flat()),
  ]);
  const telling = words.filter(({ tokens }) => !tokens.every(lexicon.isStop));
  // Stop words are heeded where there is nothing else.
  const heeded = telling.length + phrases.length > 0 ? telling : words;
  const slots = heeded.map((each, index): Slot => ({ ...each, mask: 1 << index }));
  return {
    slots,
    phrases,
    expressions: expressions
      .map(({ words: texts, synonyms }) => ({
        mask: maskOf(slots.filter(({ word }) => texts.includes(word.text))),
        synonyms,
      }))
      .filter(({ mask }) => mask !== 0),
  };
}

/** The words that tell most; those that nothing has tell least. */
function rarest(slots: readonly Slot[], lexicon: Lexicon): Slot[] {
  const documentsOf = ({ tokens }: Slot) =>
    Math.max(...tokens.map((token) => lexicon.documentsWith(token))) || Number.MAX_SAFE_INTEGER;
  const documents = new Map(slots.map((slot) => [slot, documentsOf(slot)]));
  const byRarity = slots.toSorted((one, other) => (documents.get(one) ?? 0) - (documents.get(other) ?? 0));
  const kept = new Set(byRarity.slice(0, mostTelling));
  return slots.filter((slot) => kept.has(slot));
}

/** One statement for all terms that may be in it, and for the postings of words that stand alone. */
async function lookUp({ slots, phrases, expressions }: Read, lexicon: Lexicon, meant: Meant): Promise<void> {
  const remembered = slots.flatMap(({ word }) => [...(meant.get(word)?.values() ?? [])].flat());
  const corrections = remembered.flatMap(({ lexeme }) => tokensOf(lexeme));
  await lexicon.learn(corrections);
  const synonyms = [...slots, ...expressions].flatMap((each) => each.synonyms);
  const written = [...slots.map(({ tokens }) => tokens), ...synonyms, ...corrections.map((token) => [token])];
  const together = slots.flatMap((slot, index) => {
    const beside = slots[index + 1];
    return [joined(slot.tokens), ...(beside ? [joined([...slot.tokens, ...beside.tokens])] : [])];
  });
  const beginnings = slots.flatMap(({ word, tokens }) => (word.isPrefix ? (tokens.at(-1)?.folded ?? []) : []));
  const lexemesOf = (texts: readonly Token[][]) => texts.flat().flatMap(lexicon.lexemesOf);
  // Of too many words only some are looked for, and those side by side are read with what follows them.
  const alone = slots.length > mostTelling ? [] : written.filter(({ length }) => length === 1);
  await lexicon.lookUp(
    [...lexemesOf(written), ...together, ...phrases.flat().map(({ folded }) => folded)],
    beginnings,
    [...lexemesOf(alone), ...together],
  );
}

/**
 * For words that the index does not know, what they may have been meant as; and so for words that hardly anything has,
 * where others that differ by a letter are far commoner: those that many documents have stay as they are.
 */
async function addCorrections(draft: Draft, slots: readonly Slot[], meant: Meant): Promise<void> {
  const { lexicon } = draft;
  const doubtful = slots.flatMap((slot) => {
    const token = mistypableIn(slot);
    const documents = token ? lexicon.documentsWith(token) : 0;
    const isCovered = draft.covers(slot);
    return token === undefined || (isCovered && (documents === 0 || documents >= suspicion.documents))
      ? []
      : [{ slot, word: token.folded, documents, isCovered }];
  });
  await correct(doubtful, lexicon.reading, meant);
  const wanted = doubtful.map(({ slot, word, documents, isCovered }) => {
    const isLikely = (each: Correction) => !isCovered || each.documents >= suspicion.times * documents;
    const likely = (meant.get(slot.word)?.get(word) ?? []).filter(isLikely);
    return { slot, isCovered, tokens: likely.flatMap(({ lexeme }) => tokensOf(lexeme)) };
  });
  const tokens = wanted.flatMap((each) => each.tokens);
  await lexicon.learn(tokens);
  const splits = wanted.flatMap(({ slot, isCovered }) =>
    isCovered ? [] : splitsOf(mistypableIn(slot)?.folded ?? '').flat(),
  );
  const lexemes = tokens.flatMap(lexicon.lexemesOf);
  await lexicon.lookUp([...lexemes, ...splits], [], lexemes);
  for (const { slot, isCovered, tokens: corrections } of wanted) {
    if (!isCovered) draft.addSplit(slot);
    draft.addCorrections(corrections, slot.mask, isCovered ? weights.suspected : weights.corrected);
  }
}

interface Doubtful {
  slot: Slot;
  word: string;
  isCovered: boolean;
}

/** Asks what these words may have been meant as, where that was not asked yet: by one letter, and unknown ones by two. */
async function correct(doubtful: readonly Doubtful[], reading: Reading, meant: Meant): Promise<void> {
  const ask: Ask = (statement) => askFor(reading, statement);
  const open = doubtful.filter(({ slot, word }) => meant.get(slot.word)?.has(word) !== true);
  const once = await onceMistyped(
    ask,
    open.map(({ word }) => word),
  );
  const lost = open.filter(({ word, isCovered }) => !isCovered && !once.has(word)).map(({ word }) => word);
  const found = new Map([...once, ...(await twiceMistyped(ask, lost))]);
  for (const { slot, word } of open) {
    const known = meant.get(slot.word) ?? new Map<string, Correction[]>();
    meant.set(slot.word, known.set(word, found.get(word) ?? []));
  }
}
