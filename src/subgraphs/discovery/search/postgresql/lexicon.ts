import type { Stems } from '../analysis/stems.js';
import { isStopWord } from '../analysis/stop-words.js';
import type { Token } from '../analysis/tokens.js';
import { lexiconStatement, type Found } from './lexicon.sql.js';
import { blocksIn, type Block } from './postings.js';
import { askFor, type Reading } from './reading.js';

/** How much a word as it stands says beside what it is reduced to. */
const exact = 0.04;
/** So many documents with the one, and exactly as many with the other, are the same. */
const many = 500;

/** The terms of the index that a query may mean. */
export class Lexicon {
  readonly #asked = new Set<string>();
  readonly #found = new Map<string, Found>();
  readonly #completions = new Map<string, Found[]>();
  /** Of terms that are used, as far as they were read: most came when these were looked up. */
  readonly postings = new Map<number, Block[]>();

  constructor(
    readonly reading: Reading,
    readonly stems: Stems,
    readonly languages: readonly string[],
    readonly documents: number,
  ) {}

  learn(tokens: readonly Token[]): Promise<void> {
    const pairs = this.languages.flatMap((language) => tokens.map(({ bare }): [string, string] => [language, bare]));
    return this.stems.learn(this.reading.run, pairs);
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

  /** Whether anything was asked for. */
  get isAsked(): boolean {
    return this.#asked.size + this.#completions.size > 0;
  }

  /**
   * Asks for terms that were not asked for before, and for the commonest words with these beginnings; the postings of what
   * is found by those that are `used` come with them.
   */
  async lookUp(lexemes: readonly string[], beginnings: readonly string[], used: readonly string[]): Promise<void> {
    const fresh = [...new Set(lexemes)].filter((lexeme) => !this.#asked.has(lexeme));
    const begun = [...new Set(beginnings)].filter((each) => !this.#completions.has(each));
    if (fresh.length + begun.length === 0) return;
    for (const lexeme of fresh) this.#asked.add(lexeme);
    for (const each of begun) this.#completions.set(each, []);
    const { terms, postings } = await askFor(
      this.reading,
      lexiconStatement({ lexemes: fresh, beginnings: begun, used }),
    );
    for (const { beginning, ...found } of terms ?? [])
      if (beginning === null) this.#found.set(found.lexeme, found);
      else this.#completions.get(beginning)?.push(found);
    for (const [term, blocks] of blocksIn(postings)) this.postings.set(term, blocks);
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
