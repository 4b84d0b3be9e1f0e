import type { Corpus } from './corpus.js';
import { groupOf, languageOf, meansOf, type Answered } from './measures.js';

/** What one engine answered. */
export interface Column {
  engine: string;
  answered: readonly Answered[];
}

const cell = (value: number): string => value.toFixed(3);

/** The figures of one set of answers for each engine, beside each other. */
function row(name: string, columns: readonly Column[], keep: (answered: Answered) => boolean): string {
  const kept = columns.map(({ answered }) => answered.filter(keep));
  const cells = kept.map((answered) => {
    const { ndcg, recall, rank } = meansOf(answered);
    return `${cell(ndcg)} | ${cell(recall)} | ${cell(rank)}`;
  });
  return `| ${name} | ${kept[0]?.length} | ${cells.join(' | ')} |`;
}

/** Markdown: all questions, then each kind and each language of them. */
export function tableOf(name: string, columns: readonly Column[]): string {
  const all = columns[0]?.answered ?? [];
  const sorted = (names: string[]) => [...new Set(names)].toSorted();
  const [groups, languages] = [sorted(all.map(groupOf)), sorted(all.map(languageOf))];
  const head = columns.map(({ engine }) => `${engine}: nDCG@10 | recall@20 | MRR`);
  return [
    `\n### ${name}: ${all.length} questions\n`,
    `| questions | number | ${head.join(' | ')} |`,
    `|---|--:|${columns.map(() => '--:|--:|--:|').join('')}`,
    row('**all**', columns, () => true),
    ...(groups.length > 1 ? groups.map((each) => row(each, columns, (answered) => groupOf(answered) === each)) : []),
    ...(languages.length > 1
      ? languages.map((each) => row(`in ${each}`, columns, (answered) => languageOf(answered) === each))
      : []),
  ].join('\n');
}

/** nDCG@10 alone, a line for each set of questions. */
export function summaryOf(told: readonly { name: string; columns: readonly Column[] }[]): string {
  const lines = told.map(({ name, columns }) => {
    const figures = columns.map(({ answered }) => cell(meansOf(answered).ndcg));
    return `| ${name} | ${columns[0]?.answered.length} | ${figures.join(' | ')} |`;
  });
  const engines = told[0]?.columns.map(({ engine }) => engine) ?? [];
  return [
    `| nDCG@10 | questions | ${engines.join(' | ')} |`,
    `|---|--:|${engines.map(() => '--:|').join('')}`,
    ...lines,
    '',
  ].join('\n');
}

/** The questions that were answered worst, with what was found and what was wanted. */
export function failuresIn({ name, judgements }: Corpus, engine: string, answered: readonly Answered[]): string {
  const worst = answered.filter(({ ndcg }) => ndcg < 0.5).toSorted((one, other) => one.ndcg - other.ndcg);
  const lines = worst.map(({ question, ndcg, found }) => {
    const grades = judgements.get(question.id);
    const wanted = [...(grades ?? [])].toSorted(([, one], [, other]) => other - one).slice(0, 3);
    const list = found.slice(0, 3).map((each) => `${each} (${grades?.get(each) ?? 0})`);
    return `- ${cell(ndcg)} ${question.id} ${groupOf({ question } as Answered)} '${question.text}': found ${
      list.join(', ') || 'nothing'
    }; wanted ${wanted.map(([document, grade]) => `${document} (${grade})`).join(', ')}`;
  });
  return `\n${name}, ${engine}: ${worst.length} of ${answered.length} questions below 0.5\n${lines.join('\n')}`;
}
