import { beforeAll, describe, expect, test } from 'vitest';
import { translate as translateRecord } from '../../../src/subgraphs/translation.service.js';
import { aDatabase, execute } from '../../support/database.js';
import { anEvent, aPartner, aPractice, draft } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { expectMistakes, expectRefusal } from '../../support/refused.js';
import { admin, changedBy, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
});
const editor = () => editorOf(own);
const translate = (input: object, asked?: string, viewer = editor()) =>
  send(graph, viewer, 'goodPracticeTranslate', input, asked);
const school = async (more = {}) => {
  const texts = { title: 'Craft school', summary: 'It teaches crafts.', success_factors: 'People', language: 'en' };
  return (await aPractice(database, { owner_id: own, ...texts, ...more })).id;
};
const inLanguage = (tag: string) => `version title(language: "${tag}") summary(language: "${tag}")
  transferability(language: "${tag}") { successFactors }
  title_: contentLanguage(language: "${tag}") { tag origin }
  summary_: contentLanguage(language: "${tag}", field: "summary") { tag origin }`;

describe('the texts of a practice', () => {
  test('are added, corrected and taken out in another language; the original stays', async () => {
    const id = await school();
    const said = { title: 'Escola', summary: 'Ensina.', successFactors: 'Pessoas' };
    const first = { id, expectedVersion: 1, language: 'pt', origin: 'MACHINE', ...said };
    const { record, userErrors, errors } = await translate(first, inLanguage('pt-BR'));
    expect([errors, userErrors]).toEqual([[], []]);
    expect(record).toEqual({
      version: 2,
      title: 'Escola',
      summary: 'Ensina.',
      transferability: { successFactors: 'Pessoas' },
      title_: { tag: 'pt', origin: 'MACHINE' },
      summary_: { tag: 'pt', origin: 'MACHINE' },
    });
    const corrected = { id, expectedVersion: 2, language: 'pt', origin: 'HUMAN', title: 'Escola de ofícios' };
    expect((await translate(corrected, inLanguage('pt'))).record).toMatchObject({
      version: 3,
      title: 'Escola de ofícios',
      title_: { tag: 'pt', origin: 'HUMAN' },
      summary_: { tag: 'pt', origin: 'MACHINE' },
    });
    const removed = { id, expectedVersion: 3, language: 'pt', origin: 'HUMAN', title: null };
    expect((await translate(removed, inLanguage('pt'))).record).toMatchObject({
      version: 4,
      title: 'Craft school',
      summary: 'Ensina.',
      title_: { tag: 'en', origin: 'ORIGINAL' },
      summary_: { tag: 'pt', origin: 'MACHINE' },
    });
    expect(await execute(database, 'select title, summary from good_practice where id = $1', [id])).toEqual([
      { title: 'Craft school', summary: 'It teaches crafts.' },
    ]);
  });

  test('are there under the canonical form of a tag, in any script', async () => {
    const id = await school();
    const { record } = await translate(
      { id, expectedVersion: 1, language: 'ZH-hant-hk', origin: 'HUMAN', title: '手工藝學校' },
      inLanguage('zh-Hant-HK'),
    );
    expect(record).toMatchObject({ title: '手工藝學校', title_: { tag: 'zh-Hant-HK', origin: 'HUMAN' } });
  });

  test('written again as they are make no new version, nor does the same key', async () => {
    const id = await school();
    const input = { id, expectedVersion: 1, language: 'it', origin: 'HUMAN', title: 'Scuola', idempotencyKey: 'it' };
    expect(await translate(input)).toMatchObject({ record: { version: 2 } });
    const changed = await changedBy(database, async () => {
      expect(await translate(input)).toMatchObject({ record: { version: 2 }, userErrors: [] });
      expect(await translate({ ...input, expectedVersion: 2, idempotencyKey: null })).toMatchObject({
        record: { version: 2 },
      });
    });
    expect(changed).toEqual({});
  });

  test('are no longer served once the original is taken out', async () => {
    const id = await school();
    await translate({ id, expectedVersion: 1, language: 'it', origin: 'HUMAN', summary: 'Insegna.' });
    const { record } = await send(
      graph,
      editor(),
      'goodPracticeUpdate',
      { id, expectedVersion: 2, summary: null },
      inLanguage('it'),
    );
    expect(record).toMatchObject({ summary: null, summary_: { tag: 'en', origin: 'ORIGINAL' } });
  });

  test('stay when the practice is changed otherwise', async () => {
    const id = await school();
    await translate({ id, expectedVersion: 1, language: 'it', origin: 'HUMAN', title: 'Scuola' });
    const change = { id, expectedVersion: 2, problem: 'Crafts die out.' };
    expect((await send(graph, editor(), 'goodPracticeUpdate', change, inLanguage('it'))).record.title).toBe('Scuola');
  });
});

test('a list is translated item by item', async () => {
  const event = (await anEvent(database, { owner_id: own, agenda: '{One,Two}', language: 'en' })).id;
  const said = (agenda: string[]) => ({ id: event, expectedVersion: 1, language: 'it', origin: 'HUMAN', agenda });
  const eventTranslate = (agenda: string[]) =>
    send(graph, editor(), 'eventTranslate', said(agenda), 'agenda(language: "it")');
  await expectMistakes(database, () => eventTranslate(['Uno']), [
    'agenda',
    'CONFLICT',
    "It has 1 of the original's 2 items. Translate each, in their order.",
  ]);
  await expectMistakes(database, () => eventTranslate(['Uno', 'Due\nTre']), [
    'agenda.1',
    'INVALID',
    'It has several lines. Write each item on one line.',
  ]);
  expect((await eventTranslate(['Uno', 'Due'])).record).toEqual({ agenda: ['Uno', 'Due'] });
});

describe('nothing is stored of', () => {
  const base = { expectedVersion: 1, language: 'it', origin: 'HUMAN' };
  const mistakes: [what: string, input: object, path: string, code: string, message: string][] = [
    [
      'a translation into the language of the original',
      { language: 'en', title: 'School' },
      'language',
      'CONFLICT',
      "The record is in 'en' itself. Change the original, or name another language.",
    ],
    [
      'a translation of what its author has not written',
      { title: 'Scuola', problem: 'Problema' },
      'problem',
      'CONFLICT',
      'There is nothing to translate: the original is empty. Write that first.',
    ],
    ['markup', { title: 'La <b>scuola</b>' }, 'title', 'INVALID', 'It holds markup, `<b>`. Write plain text.'],
    [
      'a title of 300 characters',
      { title: 'x'.repeat(300) },
      'title',
      'INVALID',
      'It has more than 100 characters. Shorten it.',
    ],
    ['an empty text', { summary: ' ' }, 'summary', 'INVALID', 'It is empty. Write it, or leave the field out.'],
    [
      'a text that nobody says who wrote',
      { title: 'Scuola', origin: null },
      'origin',
      'REQUIRED',
      'It is missing. Choose one of HUMAN, MACHINE.',
    ],
    [
      'a text without a language',
      { title: 'Scuola', language: null },
      'language',
      'REQUIRED',
      'It is missing. Add it.',
    ],
  ];
  test.each(mistakes)('%s', async (_, input, ...mistake) => {
    const id = await school();
    await expectMistakes(database, () => translate({ id, ...base, ...input }), mistake);
  });

  test('a tag that is none', async () => {
    const id = await school();
    for (const language of ['italian!', 'e', 'it_IT', 'en-'])
      expect((await translate({ id, ...base, language, title: 'Scuola' })).errors).toMatchObject([
        { message: expect.stringContaining(`LanguageTag cannot be "${language}".`) },
      ]);
    expect(await execute(database, 'select from translation where record_id = $1', [id])).toEqual([]);
  });

  test('a version that is not the present one', async () => {
    const id = await school();
    await translate({ id, ...base, title: 'Scuola' });
    await expectMistakes(database, () => translate({ id, ...base, title: 'Bottega' }), [
      'expectedVersion',
      'VERSION_CONFLICT',
      'It has changed since: it is at version 2, not 1. Read it again, then decide.',
    ]);
  });

  test('who may not write the record: others, reviewers, nobody at all', async () => {
    const id = await school();
    await translate({ id, ...base, title: 'Scuola' });
    const nobody = { role: 'ANONYMOUS', partnerId: null, accountId: null } as never;
    for (const title of ['Bottega', null])
      for (const [viewer, code] of [
        [editorOf(other), 'FORBIDDEN'],
        [reviewer, 'FORBIDDEN'],
        [nobody, 'UNAUTHENTICATED'],
      ] as const)
        await expectRefusal(database, () => translate({ id, ...base, expectedVersion: 2, title }, 'id', viewer), code);
    expect(await translate({ id, ...base, expectedVersion: 2, title: null }, 'version', admin)).toMatchObject({
      record: { version: 3 },
    });
  });

  test('a reviewer, who may hold the record, at the database either', async () => {
    const id = await school();
    await translate({ id, ...base, title: 'Scuola' });
    const taken = { language: 'it', origin: 'HUMAN', texts: {}, removed: ['title'] } as const;
    const never = new AbortController().signal;
    await expect(
      database.writeAs(reviewer, never, (em) => translateRecord(em, { id, version: 2, language: 'en' }, taken)),
    ).rejects.toThrow('The texts of this record are not yours to translate.');
    expect(await execute(database, 'select text from translation where record_id = $1', [id])).toEqual([
      { text: 'Scuola' },
    ]);
  });

  test('who cannot see it', async () => {
    const id = await school(draft);
    await expectRefusal(
      database,
      () => translate({ id, ...base, title: 'Scuola' }, 'id', editorOf(other)),
      'NOT_FOUND',
    );
  });
});

test('a field that has no translations is no question', async () => {
  const id = await school();
  const { errors } = await graph.run(
    `{ goodPractice(id: "${id}") { contentLanguage(language: "it", field: "slug") { tag } } }`,
  );
  expect(errors).toMatchObject([
    { code: 'BAD_USER_INPUT', message: expect.stringContaining("'slug' has no translations") },
  ]);
});

test('every type whose texts are served in several languages is translated by a mutation of its own', async () => {
  const { data } = await graph.run(`{ __schema { types { name fields { name } } mutationType { fields { name } } } }`);
  const { types, mutationType } = data['__schema'];
  const named = (fields: { name: string }[]) => fields.map(({ name }) => name);
  const translated = types.flatMap(({ name, fields }: { name: string; fields: { name: string }[] | null }) =>
    fields && named(fields).includes('contentLanguage')
      ? `${name.replace(/^./, (letter) => letter.toLowerCase())}Translate`
      : [],
  );
  expect(
    named(mutationType.fields)
      .filter((name) => name.endsWith('Translate'))
      .toSorted(),
  ).toEqual(translated.toSorted());
  expect(translated).toHaveLength(13);
});
