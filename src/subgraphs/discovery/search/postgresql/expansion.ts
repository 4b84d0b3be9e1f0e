import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import type { SearchQuery, Word } from '../engine.js';
import { tokensOf, type Token } from './analysis.js';
import { correctionsOf } from './mistype.js';
import { stemmedLanguage, type Stems } from './stems.js';
import { live, of } from './tables.js';

/** What the index says of itself. */
export interface IndexState {
  epoch: string;
  documents: number;
  languages: string[];
}

/** A term of the index that stands for one word of a query, or for two written as one: the bits of `mask`. */
interface Alternative {
  term: number;
  /** How many documents have it. */
  documents: number;
  mask: number;
  weight: number;
}

/** Words that stand for one word of a query, or for a phrase, where they stand side by side. */
interface Sequence {
  /** Terms that a document must have for it; stop words are not among them. */
  terms: number[];
  words: string[];
  mask: number;
  weight: number;
}

/** A query in the words of the index. */
export interface Expansion {
  /** Whether anything is asked for at all: of nothing everything is an answer. */
  isAsked: boolean;
  /** The words of the query that a hit must have; all bits of them. */
  required: number;
  /** Words of the query that no document has in any form. */
  unknown: string[];
  alternatives: Alternative[];
  sequences: Sequence[];
  /** Words as they stand in texts that are to be highlighted; and beginnings of such. */
  words: Set<string>;
  prefixes: string[];
}

/** How much less than the word itself its variants say. */
const weights = { exact: 0.04, joined: 0.4, synonym: 0.5, prefix: 0.4, split: 0.8, corrected: 0.6 };

/** Words that a mask has room for; those of a query that come later are not looked for. */
const mostSlots = 30;
const mostCompletions = 256;

interface Found {
  id: number;
  lexeme: string;
  documents: number;
  /** Words that were reduced to it. */
  forms: string[];
}

interface Slot {
  mask: number;
  word: Word;
  tokens: Token[];
  synonyms: Token[][];
}

/** Asks the index for all that the words of a query may stand for. */
export async function expand(run: Run, stems: Stems, state: IndexState, query: SearchQuery): Promise<Expansion> {
  const own = stemmedLanguage(query.language);
  const languages = query.language === null ? state.languages : own === null ? [] : [own];
  const lexicon = new Lexicon(run, stems, languages, state.documents);
  const phrases = query.phrases.map((words) => words.flatMap(tokensOf)).filter((tokens) => tokens.length > 0);
  const words = query.words
    .map(({ word, synonyms }) => ({ word, tokens: tokensOf(word.text), synonyms: synonyms.map(tokensOf) }))
    // Where some words are enough, a part of `high-speed` says something too.
    .flatMap((each) => (query.match === 'all' ? each : each.tokens.map((token) => ({ ...each, tokens: [token] }))))
    .filter(({ tokens }) => tokens.length > 0)
    .slice(0, Math.max(0, mostSlots - phrases.length));
  await lexicon.learn([...phrases.flat(), ...words.flatMap(({ tokens, synonyms }) => [...tokens, ...synonyms.flat()])]);
  const telling = words.filter(({ tokens }) => !tokens.every((token) => lexicon.isStop(token)));
  // Stop words are heeded where there is nothing else.
  const heeded = telling.length + phrases.length > 0 ? telling : words;
  const slots = heeded.map((each, index): Slot => ({ ...each, mask: 1 << index }));
  await lexicon.lookUp([...slots.flatMap(lexemesAround), ...phrases.flat().map(({ folded }) => folded)], slots);
  const draft = new Draft(lexicon);
  slots.forEach((slot, index) => draft.addWord(slot, slots[index + 1]));
  phrases.forEach((tokens, index) => draft.addSequence(tokens, 1 << (slots.length + index), 1));
  for (const slot of slots.filter((each) => !draft.covers(each))) {
    draft.addSplit(slot);
    await draft.addCorrections(run, slot);
  }
  const unknown = slots.filter((slot) => !draft.covers(slot)).map(({ word }) => word.text);
  const isOf = (mask: number, bit: number) => mask | bit;
  const phraseMask = phrases.map((_, index) => 1 << (slots.length + index)).reduce(isOf, 0);
  const wordMask = slots.map(({ mask }) => mask).reduce(isOf, 0);
  const isAsked = query.words.length + query.phrases.length > 0;
  return { ...draft.done(), isAsked, unknown, required: query.match === 'all' ? phraseMask | wordMask : phraseMask };

  function lexemesAround(slot: Slot, index: number): string[] {
    const beside = slots[index + 1];
    return [
      ...[...slot.tokens, ...slot.synonyms.flat()].flatMap((token) => [...lexicon.lexemesOf(token).keys()]),
      joined(slot.tokens),
      ...(beside ? [joined([...slot.tokens, ...beside.tokens])] : []),
      ...splitsOf(slot).flat(),
    ];
  }
}

const joined = (tokens: readonly Token[]): string => tokens.map(({ folded }) => folded).join('');

/** Where one word may have been two: parts of three letters at least. */
const splitsOf = ({ tokens, word }: Slot): [string, string][] => {
  const [only, ...more] = tokens;
  if (only === undefined || more.length > 0 || !word.mayBeMistyped) return [];
  const { folded } = only;
  return Array.from({ length: Math.max(0, folded.length - 5) }, (_, at) => [
    folded.slice(0, at + 3),
    folded.slice(at + 3),
  ]);
};

/** The terms of the index that a query may mean. */
class Lexicon {
  readonly #found = new Map<string, Found>();
  readonly #completions = new Map<string, Found[]>();

  constructor(
    readonly run: Run,
    readonly stems: Stems,
    readonly languages: readonly string[],
    readonly documents: number,
  ) {}

  learn(tokens: readonly Token[]): Promise<void> {
    const pairs = this.languages.flatMap((language) => tokens.map(({ bare }): [string, string] => [language, bare]));
    return this.stems.learn(this.run, pairs);
  }

  /** Whether a word says nothing: in the language of the query, or else in English or in two others at least. */
  isStop({ bare }: Token): boolean {
    const silent = this.languages.filter((language) => this.stems.of(language, bare) === null);
    return silent.length >= Math.min(2, this.languages.length, silent.includes('en') ? 1 : 2) && silent.length > 0;
  }

  isStopSomewhere = ({ bare }: Token): boolean =>
    this.languages.some((language) => this.stems.of(language, bare) === null);

  /** The word as it stands and what it is reduced to, with how much each counts. */
  lexemesOf({ bare, folded }: Token): Map<string, number> {
    const stems = this.languages.flatMap((language) => this.stems.of(language, bare) ?? []);
    const isItself = stems.length === 0 || stems.includes(folded);
    return new Map([
      [folded, isItself ? 1 : weights.exact],
      ...stems.filter((stem) => stem !== folded).map((stem): [string, number] => [stem, 1]),
    ]);
  }

  async lookUp(lexemes: readonly string[], slots: readonly Slot[] = []): Promise<void> {
    const beginnings = slots.flatMap(({ word, tokens }) => (word.isPrefix ? (tokens.at(-1)?.folded ?? []) : []));
    const rows = await this.run(sql<Found & { beginning: string | null }>`
      select null as "beginning", t.id, t.lexeme, t.documents,
        array(select f.word from ${of(live, 'form')} f where f.term = t.id limit 200) as "forms"
      from ${of(live, 'term')} t where t.lexeme = any(${[...new Set(lexemes)]}::text[]) and t.documents > 0
      union all
      select g.beginning, t.id, t.lexeme, t.documents, '{}' from unnest(${beginnings}::text[]) g (beginning)
      cross join lateral (select * from ${of(live, 'term')} t
        where t.lexeme > g.beginning and t.lexeme < g.beginning || U&'\\FFFF' and t.is_word and t.documents > 0
        order by t.documents desc limit ${mostCompletions}) t`);
    for (const { beginning, ...found } of rows)
      if (beginning === null) this.#found.set(found.lexeme, found);
      else this.#completions.set(beginning, [...(this.#completions.get(beginning) ?? []), found]);
  }

  found = (lexeme: string): Found | undefined => this.#found.get(lexeme);
  completionsOf = (beginning: string): Found[] => this.#completions.get(beginning) ?? [];

  /** How much it says that a document has a term: Robertson and Spärck Jones, never negative. */
  rarity = ({ documents }: Found): number =>
    Math.log(1 + (Math.max(0, this.documents - documents) + 0.5) / (documents + 0.5));
}

/** An expansion in the making. */
class Draft {
  readonly #alternatives = new Map<number, Alternative>();
  readonly #sequences: Sequence[] = [];
  readonly #words = new Set<string>();
  readonly #prefixes: string[] = [];

  constructor(readonly lexicon: Lexicon) {}

  addWord(slot: Slot, beside: Slot | undefined): void {
    const { tokens, mask, synonyms, word } = slot;
    this.#addAsWritten(tokens, mask, 1);
    for (const synonym of synonyms) this.#addAsWritten(synonym, mask, weights.synonym);
    if (tokens.length > 1) this.#addTerm(joined(tokens), mask, 1);
    if (beside) this.#addTerm(joined([...tokens, ...beside.tokens]), mask | beside.mask, weights.joined);
    const last = tokens.at(-1);
    if (word.isPrefix && last !== undefined && tokens.length === 1) {
      const completions = this.lexicon.completionsOf(last.folded);
      for (const found of completions) this.#add(found, mask, weights.prefix);
      if (completions.length > 0) this.#prefixes.push(last.folded);
    }
  }

  /** One word by what it is reduced to; several where they stand side by side. */
  #addAsWritten(tokens: readonly Token[], mask: number, weight: number): void {
    const [only, ...more] = tokens;
    if (only === undefined) return;
    if (more.length > 0) return this.addSequence(tokens, mask, weight);
    for (const [lexeme, share] of this.lexicon.lexemesOf(only)) this.#addTerm(lexeme, mask, weight * share);
  }

  #addTerm(lexeme: string, mask: number, weight: number): void {
    const found = this.lexicon.found(lexeme);
    if (found) this.#add(found, mask, weight);
  }

  #add(found: Found, mask: number, weight: number): void {
    const { mask: masked, weight: weighed } = this.#alternatives.get(found.id) ?? { mask: 0, weight: 0 };
    const most = Math.max(weighed, weight * this.lexicon.rarity(found));
    this.#alternatives.set(found.id, {
      term: found.id,
      documents: found.documents,
      mask: masked | mask,
      weight: most,
    });
    this.#words.add(found.lexeme);
    for (const form of found.forms) this.#words.add(form);
  }

  addSequence(tokens: readonly Token[], mask: number, weight: number): void {
    if (tokens.length === 1) return this.#addTerm((tokens[0] as Token).folded, mask, weight);
    const telling = tokens.filter((token) => !this.lexicon.isStopSomewhere(token));
    const wanted = telling.length > 0 ? telling : tokens;
    const found = wanted.flatMap(({ folded }) => this.lexicon.found(folded) ?? []);
    if (found.length < wanted.length) return;
    const rarity = found.map(this.lexicon.rarity).reduce((sum, each) => sum + each, 0);
    const terms = [...new Set(found.map(({ id }) => id))];
    this.#sequences.push({ terms, words: tokens.map(({ folded }) => folded), mask, weight: weight * rarity });
  }

  /** The likeliest way in which a word may have been two. */
  addSplit(slot: Slot): void {
    const rarer = (parts: Found[]) => Math.min(...parts.map(({ documents }) => documents));
    const [best] = splitsOf(slot)
      .map((split) => split.flatMap((part) => this.lexicon.found(part) ?? []))
      .filter((parts) => parts.length === 2)
      .toSorted((one, other) => rarer(other) - rarer(one));
    if (best === undefined) return;
    const weight = weights.split * Math.max(...best.map(this.lexicon.rarity));
    this.#sequences.push({
      terms: best.map(({ id }) => id),
      words: best.map(({ lexeme }) => lexeme),
      mask: slot.mask,
      weight,
    });
  }

  /** Whether the index knows any form of a word. */
  covers = ({ mask }: Slot): boolean =>
    [...this.#alternatives.values(), ...this.#sequences].some((each) => (each.mask & mask) === mask);

  /** Words of the index that differ from this one by a letter, or a long one by two. */
  async addCorrections(run: Run, { word, tokens, mask }: Slot): Promise<void> {
    const [only, ...more] = tokens;
    if (only === undefined || more.length > 0 || !word.mayBeMistyped) return;
    const corrections = (await correctionsOf(run, only.folded)).flatMap(tokensOf);
    if (corrections.length === 0) return;
    await this.lexicon.learn(corrections);
    await this.lexicon.lookUp(corrections.flatMap((token) => [...this.lexicon.lexemesOf(token).keys()]));
    for (const correction of corrections)
      for (const lexeme of this.lexicon.lexemesOf(correction).keys())
        this.#addTerm(lexeme, mask, lexeme === correction.folded ? weights.corrected : weights.corrected / 2);
  }

  done(): Omit<Expansion, 'required' | 'isAsked' | 'unknown'> {
    return {
      alternatives: [...this.#alternatives.values()],
      sequences: this.#sequences,
      words: this.#words,
      prefixes: this.#prefixes,
    };
  }
}
