import { beforeAll, expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { aPractice } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);

beforeAll(async () => {
  const one = await aPractice(database, { slug: 'one', title: 'School of crafts', summary: 'Summary', language: 'en' });
  await aPractice(database, { slug: 'two', title: 'Bottega', language: 'it' });
  const texts = [
    [one.id, 'title', 'pt', 'Escola', 'HUMAN'],
    [one.id, 'title', 'pt-BR', 'Escolinha', 'MACHINE'],
    [one.id, 'summary', 'pt', 'Resumo', 'HUMAN'],
  ];
  for (const values of texts) await execute(database, 'insert into translation values ($1, $2, $3, $4, $5)', values);
});

const both = (language: string) => `{ goodPractices { nodes {
  title(language: "${language}") summary(language: "${language}") contentLanguage(language: "${language}") { tag origin } } } }`;

test('a text is served in the language asked for, else the next wider tag, else the original, and says which', async () => {
  const { data, errors } = await graph.run(both('pt-BR'));
  expect(errors).toEqual([]);
  expect(data['goodPractices'].nodes).toEqual([
    { title: 'Bottega', summary: null, contentLanguage: { tag: 'it', origin: 'ORIGINAL' } },
    { title: 'Escolinha', summary: 'Resumo', contentLanguage: { tag: 'pt-BR', origin: 'MACHINE' } },
  ]);
  const { data: wider } = await graph.run(both('pt-AO'));
  expect(wider['goodPractices'].nodes[1]).toEqual({
    title: 'Escola',
    summary: 'Resumo',
    contentLanguage: { tag: 'pt', origin: 'HUMAN' },
  });
});

test('without a language the original is served, and no translation is read', async () => {
  const { data, statements } = await graph.run('{ goodPractices { nodes { title contentLanguage { tag origin } } } }');
  expect(data['goodPractices'].nodes[1]).toEqual({
    title: 'School of crafts',
    contentLanguage: { tag: 'en', origin: 'ORIGINAL' },
  });
  expect(statements).toHaveLength(1);
});

test('two languages side by side cost one more statement for all rows', async () => {
  const { data, statements } = await graph.run(
    '{ goodPractices { nodes { pt: title(language: "pt") fr: title(language: "fr") } } }',
  );
  expect(data['goodPractices'].nodes).toEqual([
    { pt: 'Bottega', fr: 'Bottega' },
    { pt: 'Escola', fr: 'School of crafts' },
  ]);
  expect(statements).toHaveLength(2);
});

test('a language that is no BCP 47 tag is refused', async () => {
  const { errors } = await graph.run('query ($l: LanguageTag) { goodPractices { nodes { title(language: $l) } } }', {
    l: 'portuguese!',
  });
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  expect(errors[0]?.message).toContain("Write a BCP 47 language tag such as 'it' or 'pt-BR'.");
});
