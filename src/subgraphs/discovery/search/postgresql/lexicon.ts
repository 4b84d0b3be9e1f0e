import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
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
  /** Words that were reduced to it. */
  forms: string[];
}

const mostCompletions = 256;
/** How much a word as it stands says beside what it is reduced to. */
const exact = 0.04;

/** The terms of the index that a query may mean. */
export class Lexicon {
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

  /** The word as it stands and what it is reduced to, with how much each counts. */
  lexemesOf({ bare, folded }: Token): Map<string, number> {
    const stems = this.languages.flatMap((language) => this.stems.of(language, bare) ?? []);
    const isItself = stems.length === 0 || stems.includes(folded);
    return new Map([
      [folded, isItself ? 1 : exact],
      ...stems.filter((stem) => stem !== folded).map((stem): [string, number] => [stem, 1]),
    ]);
  }

  /** Asks for terms, and for the commonest words with these beginnings. */
  async lookUp(lexemes: readonly string[], beginnings: readonly string[] = []): Promise<void> {
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

  /** How many documents have a word in any of its forms, or one that it begins, at least. */
  documentsWith(token: Token): number {
    const forms = [...this.lexemesOf(token).keys()].flatMap((lexeme) => this.found(lexeme) ?? []);
    return Math.max(0, ...[...forms, ...this.completionsOf(token.folded)].map(({ documents }) => documents));
  }

  /** How much it says that a document has a term: Robertson and Spärck Jones, never negative. */
  rarity = ({ documents }: Found): number =>
    Math.log(1 + (Math.max(0, this.documents - documents) + 0.5) / (documents + 0.5));
}
