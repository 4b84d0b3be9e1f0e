import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { keyed } from '../../../../graph/fields.js';
import type { Stems } from '../analysis/stems.js';
import { isStopWord } from '../analysis/stop-words.js';
import type { Token } from '../analysis/tokens.js';
import { live, of } from './tables.js';

/** A term of the index. */
export interface Found {
  id: number;
  lexeme: string;
  /** How many documents have it. */
  documents: number;
  /** Whether it stands in texts as it is. */
  isWord: boolean;
  /** Words that were reduced to it, and in which languages. */
  forms: string[];
  languages: string[];
}

const mostCompletions = 256;
/** How much a word as it stands says beside what it is reduced to. */
const exact = 0.04;
/** So many documents with the one, and exactly as many with the other, are the same. */
const many = 500;

/** The terms of the index that a query may mean. */
export class Lexicon {
  readonly #asked = new Set<string>();
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

  isStop = ({ bare }: Token): boolean => isStopWord(this.stems, this.languages, bare);

  isStopSomewhere = ({ bare }: Token): boolean =>
    this.languages.some((language) => this.stems.of(language, bare) === null);

  /** The word as it stands and what it is reduced to: what is to be looked up for it. */
  lexemesOf = ({ bare, folded }: Token): string[] => [
    ...new Set([folded, ...this.languages.flatMap((language) => this.stems.of(language, bare) ?? [])]),
  ];

  /**
   * The terms for a word as it stands and for what it is reduced to, with how much each counts. A stem counts where words of
   * texts in the same language have it: else a typing error in one language finds an ending of another.
   */
  termsFor({ bare, folded }: Token): { found: Found; share: number }[] {
    const stems = this.languages.map((language) => ({ language, stem: this.stems.of(language, bare) }));
    const told = stems.filter(({ stem }) => stem !== null);
    const isItself = told.length === 0 || told.some(({ stem }) => stem === folded);
    const terms = new Map<string, { found: Found; share: number }>();
    for (const { language, stem } of told) {
      const found = this.found(stem as string);
      if (found?.languages.includes(language)) terms.set(found.lexeme, { found, share: 1 });
    }
    const own = this.found(folded);
    if (own?.isWord && !terms.has(folded) && !this.#isTold(own, [...terms.values()]))
      terms.set(folded, { found: own, share: isItself ? 1 : exact });
    return [...terms.values()];
  }

  /** Whether all documents that have one of the stems have it as this very word, which then tells nothing more of them. */
  #isTold = ({ documents }: Found, stems: readonly { found: Found }[]): boolean =>
    documents >= many && stems.some(({ found }) => found.documents === documents);

  /** Asks for terms that were not asked for before, and for the commonest words with these beginnings. */
  async lookUp(lexemes: readonly string[], beginnings: readonly string[] = []): Promise<void> {
    const fresh = [...new Set(lexemes)].filter((lexeme) => !this.#asked.has(lexeme));
    const begun = [...new Set(beginnings)].filter((each) => !this.#completions.has(each));
    if (fresh.length + begun.length === 0) return;
    for (const lexeme of fresh) this.#asked.add(lexeme);
    for (const each of begun) this.#completions.set(each, []);
    const rows = await this.run(sql<Found & { beginning: string | null }>`${keyed}
      select null as "beginning", t.id, t.lexeme, t.documents, t.is_word as "isWord",
        array(select distinct f.word from ${of(live, 'form')} f where f.term = t.id limit 200) as "forms",
        array(select distinct f.language from ${of(live, 'form')} f where f.term = t.id) as "languages"
      from ${of(live, 'term')} t where t.lexeme = any(${fresh}::text[]) and t.documents > 0
      union all
      select g.beginning, t.id, t.lexeme, t.documents, true, '{}', '{}' from unnest(${begun}::text[]) g (beginning)
      cross join lateral (select * from ${of(live, 'term')} t
        where t.lexeme > g.beginning and t.lexeme < g.beginning || U&'\\FFFF' and t.is_word and t.documents > 0
        order by t.documents desc limit ${mostCompletions}) t`);
    for (const { beginning, ...found } of rows)
      if (beginning === null) this.#found.set(found.lexeme, found);
      else this.#completions.get(beginning)?.push(found);
  }

  found = (lexeme: string): Found | undefined => this.#found.get(lexeme);
  completionsOf = (beginning: string): Found[] => this.#completions.get(beginning) ?? [];

  /** How many documents have a word in any of its forms, or one that it begins, at least. */
  documentsWith(token: Token): number {
    const forms = this.termsFor(token).map(({ found }) => found);
    return Math.max(0, ...[...forms, ...this.completionsOf(token.folded)].map(({ documents }) => documents));
  }

  /** How much it says that a document has a term: Robertson and Spärck Jones, never negative. */
  rarity = ({ documents }: Found): number =>
    Math.log(1 + (Math.max(0, this.documents - documents) + 0.5) / (documents + 0.5));
}
