import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What somebody types into a search, and the kind of question that it is an example of. */
export interface Question {
  id: string;
  text: string;
  /** `word`, `typo`, `place`, `sentence` …: figures are told for each. */
  group?: string;
  /** BCP 47; English where it is not said. The search is not told. */
  language?: string;
  /** `SearchWhere`. */
  where?: Record<string, unknown>;
}

/** By question, how much a document answers it; what is not listed has grade 0. */
export type Judgements = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Text of a file without its comments, which begin with `#`. */
const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));

export const jsonLines = <Row>(file: string): Row[] => linesOf(file).map((line) => JSON.parse(line) as Row);

/** Tab-separated: question, document, grade. */
export function readJudgements(file: string): Judgements {
  const judgements = new Map<string, Map<string, number>>();
  for (const line of linesOf(file)) {
    const [question = '', document = '', grade] = line.split('\t');
    const grades = judgements.get(question) ?? new Map<string, number>();
    judgements.set(question, grades.set(document, Number(grade)));
  }
  return judgements;
}

/** A folder with queries.jsonl and qrels.tsv, as test collections are given; undefined where there is none. */
export function readFolder(folder: string): { questions: Question[]; judgements: Judgements } | undefined {
  const [queries, qrels] = [join(folder, 'queries.jsonl'), join(folder, 'qrels.tsv')];
  if (!existsSync(queries) || !existsSync(qrels)) return undefined;
  return { questions: jsonLines<Question>(queries), judgements: readJudgements(qrels) };
}
