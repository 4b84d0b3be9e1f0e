import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { groupOf, languageOf, mean, type Answered } from './measures.js';

/** nDCG@10 of all questions of a corpus, of each kind of them and of each language. */
export interface Scores {
  all: number;
  groups: Record<string, number>;
  languages: Record<string, number>;
}

/** What may be lost: of all questions, and of a kind or language, where one answer is a larger share. */
const tolerance = { all: 0.01, part: 0.04 };
/** Kinds and languages of fewer questions are told, and gate nothing. */
const enough = 4;

const rounded = (value: number): number => Number(value.toFixed(4));
const ndcgOf = (answered: readonly Answered[]): number => rounded(mean(answered.map(({ ndcg }) => ndcg)));

function byPart(answered: readonly Answered[], partOf: (each: Answered) => string): Record<string, number> {
  const parts = [...Map.groupBy(answered, partOf)].filter(([, each]) => each.length >= enough);
  return Object.fromEntries(parts.map(([part, each]): [string, number] => [part, ndcgOf(each)]).toSorted());
}

export const scoresOf = (answered: readonly Answered[]): Scores => ({
  all: ndcgOf(answered),
  groups: byPart(answered, groupOf),
  languages: byPart(answered, languageOf),
});

/** What has become worse than the baseline by more than is tolerated, in words; empty where nothing has. */
export function losses(scores: Scores, baseline: Scores): string[] {
  const lost = (name: string, score: number, before: number, tolerated: number) =>
    score < before - tolerated ? [`${name}: ${score}, was ${before}`] : [];
  const partsLost = (parts: Record<string, number>, before: Record<string, number>) =>
    Object.entries(before).flatMap(([name, value]) => lost(name, parts[name] ?? 0, value, tolerance.part));
  return [
    ...lost('all', scores.all, baseline.all, tolerance.all),
    ...partsLost(scores.groups, baseline.groups),
    ...partsLost(scores.languages, baseline.languages),
  ];
}

const file = fileURLToPath(new URL('baseline.json', import.meta.url));

/** The scores of PostgreSQL's engine that were kept, by corpus. */
export const baselines = (): Record<string, Scores> => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Scores>;

export const keepBaselines = (scores: Record<string, Scores>): void =>
  writeFileSync(file, `${JSON.stringify(scores, null, 2)}\n`);
