import { expect, test } from 'vitest';
import type { SearchDocument } from '../../../../../src/subgraphs/discovery/search/document.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { aDatabase } from '../../../../support/database.js';
import { titles } from '../contract.documents.js';
import { aDocument, inBatches, queryOf, requestOf } from '../documents.js';

async function anEngine(documents: readonly SearchDocument[]) {
  const engine = postgresqlEngine(await aDatabase());
  await engine.rebuild(inBatches(documents));
  return { search: (...query: Parameters<typeof queryOf>) => engine.search(requestOf(queryOf(...query))) };
}

const several = (count: number, title: string) =>
  Array.from({ length: count }, (_, index) => aDocument(`${title} number${index}`));

test('a typing error finds no word that only another language would reduce to the same', async () => {
  const { search } = await anEngine([
    aDocument('Nyitott műhely', { language: 'hu' }),
    aDocument('Consulenza sulla energia', { language: 'it' }),
    aDocument('Energy advice'),
  ]);
  expect(titles(await search('energk'))).toEqual(['Energy advice']);
  expect(titles(await search('consulenze'))).toEqual(['Consulenza sulla energia']);
});

test('a word that hardly anything has is also taken for one ten times as common; others stay exact', async () => {
  const { search } = await anEngine([
    aDocument('Croft'),
    ...several(10, 'Craft'),
    ...several(9, 'Glass'),
    aDocument('Gloss'),
  ]);
  const croft = await search('croft');
  expect(croft.total).toBe(11);
  expect(croft.hits[0]?.title).toBe('Croft');
  expect((await search('craft')).total).toBe(10);
  expect((await search('gloss')).total).toBe(1);
});

test('a word that twenty documents have is what it says, however common its neighbour', async () => {
  const { search } = await anEngine([...several(20, 'Croft'), ...several(200, 'Craft')]);
  expect((await search('croft')).total).toBe(20);
});

test('a word that was torn apart is found before what has one of its parts', async () => {
  const { search } = await anEngine([
    ...several(3, 'Crafts'),
    aDocument('A project', { texts: { body: 'What was learned in Innocrafts.' } }),
  ]);
  expect(titles(await search('inno crafts', { match: 'some' }))[0]).toBe('A project');
  expect(titles(await search('inno crafts'))).toEqual(['A project']);
});

test('of a long question the twelve rarest words are looked for, and the others told', async () => {
  const rare = Array.from({ length: 12 }, (_, index) => `rare${index}`);
  const { search } = await anEngine(rare.map((each) => aDocument(`Common ${each}`)));
  const answer = await search(`xyzzy common ${rare.join(' ')}`, { match: 'some' });
  expect(answer).toMatchObject({ total: 12, unknown: [], commonest: ['xyzzy', 'common'] });
  expect((await search(`common ${rare.slice(1).join(' ')}`, { match: 'some' })).commonest).toEqual([]);
});

test('beside a rare word common ones are looked for where that is, and count there as ever', async () => {
  const { search } = await anEngine([
    ...several(60, 'Craft school'),
    aDocument('Loom'),
    aDocument('Craft loom'),
    aDocument('School loom of a craft'),
  ]);
  expect(titles(await search('loom craft'))).toEqual(['Craft loom', 'School loom of a craft']);
  expect(titles(await search('craft "school loom"'))).toEqual(['School loom of a craft']);
  expect((await search('loom craft', { match: 'some' })).total).toBe(63);
});

test('a word that many documents have in one form alone is found in all of them, and in what has another form', async () => {
  const { search } = await anEngine([
    ...Array.from({ length: 500 }, (_, index) => aDocument(`Werkstätten ${index}`, { language: 'de' })),
    aDocument('Offene Werkstatt', { language: 'de' }),
  ]);
  expect((await search('Werkstätten ')).total).toBe(501);
});
