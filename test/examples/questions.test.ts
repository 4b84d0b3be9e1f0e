import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph, type Answer } from '../support/graph.js';
import { answerText, questionsPage, type Question } from './questions-page.js';

/** Which data each kind of answer is of: `01-….real.json` must be there, the others are asserted where they are. */
const templates = { real: 'seeded', demonstration: 'demonstration' } as const;
const kinds = Object.keys(templates) as (keyof typeof templates)[];

const folder = new URL('../../examples/questions/', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const pathOf = (file: string) => new URL(file, folder).pathname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace('.graphql', ''))
  .toSorted();

/** The variables of an answer: its own where it has some. */
const variablesOf = (name: string, kind: string) => {
  const own = `${name}.${kind}.variables.json`;
  return text(existsSync(new URL(own, folder)) ? own : `${name}.variables.json`);
};

const questions = new Map<string, Question>(
  names.map((name) => [name, { name, query: text(`${name}.graphql`), answers: [] }]),
);

describe.each(kinds)('on %s data', async (kind) => {
  const graph = await aGraph(await aDatabase(templates[kind]));
  const asked = names.filter((name) => kind === 'real' || existsSync(new URL(`${name}.${kind}.json`, folder)));

  test.each(asked)('%s is answered in one request of at most twelve statements', async (name) => {
    const variables = variablesOf(name, kind);
    const ask = () => graph.run(text(`${name}.graphql`), JSON.parse(variables) as Record<string, unknown>);
    // The first search with a word asks for its stems and synonyms too, which a process then knows.
    await ask();
    const { data, errors, statements } = await ask();
    expect(errors).toEqual([]);
    expect(statements.length).toBeLessThanOrEqual(12);
    await expect(answerText({ data } satisfies Answer)).toMatchFileSnapshot(pathOf(`${name}.${kind}.json`));
    questions.get(name)?.answers.push({ kind, variables, answer: answerText({ data }), statements: statements.length });
  });
});

test('the page shows each question with its answers and statements', async () => {
  await expect(questionsPage([...questions.values()])).toMatchFileSnapshot(pathOf('README.md'));
});
