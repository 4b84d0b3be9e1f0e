import type { Judgements, Question } from './question.js';

type Grades = ReadonlyMap<string, number>;

/** Discounted cumulative gain (Järvelin and Kekäläinen, 2002) with the grade itself as the gain. */
const gain = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, index) => sum + grade / Math.log2(index + 2), 0);

/** From 0 to 1: how near the first `depth` documents come to the best order that the judgements allow. */
export function ndcg(found: readonly string[], grades: Grades, depth = 10): number {
  const best = [...grades.values()].toSorted((one, other) => other - one).slice(0, depth);
  if (gain(best) === 0) throw new Error('A question needs a document that answers it.');
  return gain(found.slice(0, depth).map((document) => grades.get(document) ?? 0)) / gain(best);
}

/** The share of what answers the question, as far as there is room for it, among the first `depth`. */
export function recall(found: readonly string[], grades: Grades, depth = 20): number {
  const isRelevant = (document: string) => (grades.get(document) ?? 0) > 0;
  const all = [...grades.keys()].filter(isRelevant).length;
  return found.slice(0, depth).filter(isRelevant).length / Math.min(depth, all);
}

/** One divided by the place of the first document that answers as well as any does; 0 where it is not there. */
export function reciprocalRank(found: readonly string[], grades: Grades): number {
  const best = Math.max(...grades.values());
  const place = found.findIndex((document) => grades.get(document) === best);
  return place < 0 ? 0 : 1 / (place + 1);
}

export interface Figures {
  ndcg: number;
  recall: number;
  rank: number;
}

/** How well one question was answered. */
export interface Answered extends Figures {
  question: Question;
  found: string[];
}

/** Figures of each question that was judged; one to which the collection holds no answer says nothing. */
export function measured(found: ReadonlyMap<Question, string[]>, judgements: Judgements): Answered[] {
  return [...found].flatMap(([question, documents]) => {
    const grades = judgements.get(question.id) ?? new Map<string, number>();
    if (![...grades.values()].some((grade) => grade > 0)) return [];
    const figures = {
      ndcg: ndcg(documents, grades),
      recall: recall(documents, grades),
      rank: reciprocalRank(documents, grades),
    };
    return [{ question, found: documents, ...figures }];
  });
}

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

export const meansOf = (answered: readonly Answered[]): Figures => ({
  ndcg: mean(answered.map((each) => each.ndcg)),
  recall: mean(answered.map((each) => each.recall)),
  rank: mean(answered.map((each) => each.rank)),
});

export const groupOf = ({ question }: Answered): string => question.group ?? 'all';
export const languageOf = ({ question }: Answered): string => question.language ?? 'en';
