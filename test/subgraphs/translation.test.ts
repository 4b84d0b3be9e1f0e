import { beforeAll, expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { anEvent, aPractice, draft } from '../support/factories.js';
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
  const asked =
    'query ($l: LanguageTag) { goodPractices { nodes { title(language: $l) contentLanguage(language: $l) { tag } } } }';
  const { data: same, errors } = await graph.run(asked, { l: null });
  expect(errors).toEqual([]);
  expect(same['goodPractices'].nodes[1]).toEqual({ title: 'School of crafts', contentLanguage: { tag: 'en' } });
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

test('a translation that is added, changed or taken out changes its record, and one that is written again does not', async () => {
  const { id } = await aPractice(database, draft);
  const version = async () => {
    const [row] = await execute<{ version: number; changes: number }>(
      database,
      'select version, (select count(*)::int from change where record_id = good_practice.id) as changes from good_practice where id = $1',
      [id],
    );
    return [row?.version, row?.changes];
  };
  const steps = [
    [`insert into translation values ($1, 'title', 'fr', 'Marché', 'HUMAN'), ($1, 'title', 'de', 'Markt', 'HUMAN')`, 2],
    [`update translation set text = 'Foire' where record_id = $1 and language = 'fr'`, 3],
    [`update translation set text = 'Foire' where record_id = $1 and language = 'fr'`, 3],
    ['delete from translation where record_id = $1', 4],
  ] as const;
  for (const [statement, expected] of steps) {
    await execute(database, statement, [id]);
    expect(await version()).toEqual([expected, expected]);
  }
});

test('a list of texts is translated line by line', async () => {
  const { id } = await anEvent(database, { slug: 'talks', agenda: ['Review the tasks.', 'Agree the plan.'] });
  await execute(database, `insert into translation values ($1, 'agenda', 'it', $2, 'HUMAN')`, [
    id,
    'Rivedere i compiti.\nAccordarsi sul piano.',
  ]);
  const { data, errors } = await graph.run(
    '{ event(slug: "talks") { agenda it: agenda(language: "it") decisions(language: "it") } }',
  );
  expect(errors).toEqual([]);
  expect(data['event']).toEqual({
    agenda: ['Review the tasks.', 'Agree the plan.'],
    it: ['Rivedere i compiti.', 'Accordarsi sul piano.'],
    decisions: [],
  });
});

test('a language that is no BCP 47 tag is refused', async () => {
  const { errors } = await graph.run('query ($l: LanguageTag) { goodPractices { nodes { title(language: $l) } } }', {
    l: 'portuguese!',
  });
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  expect(errors[0]?.message).toContain("Write a BCP 47 language tag such as 'it' or 'pt-BR'.");
});

test('an original in the language asked for is served before a translation into a wider one', async () => {
  const { id } = await aPractice(database, { slug: 'three', title: 'Oficina', language: 'pt-BR' });
  await execute(database, `insert into translation values ($1, 'title', 'pt', 'Atelier', 'HUMAN')`, [id]);
  const { data, statements } = await graph.run(
    '{ goodPractice(slug: "three") { own: title(language: "pt-BR") wider: title(language: "pt") other: title(language: "pt-AO") contentLanguage(language: "pt-BR") { tag origin } } }',
  );
  expect(data['goodPractice']).toEqual({
    own: 'Oficina',
    wider: 'Atelier',
    other: 'Atelier',
    contentLanguage: { tag: 'pt-BR', origin: 'ORIGINAL' },
  });
  expect(statements).toHaveLength(2);
});
