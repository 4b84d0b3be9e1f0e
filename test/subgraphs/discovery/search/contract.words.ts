import { expect, test } from 'vitest';
import type { Filter } from '../../../../src/graph/filter.js';
import type { SearchEngine } from '../../../../src/subgraphs/discovery/search/engine.js';
import {
  burgas,
  filled,
  fuse,
  incubator,
  krakow,
  loka,
  partner,
  small,
  sortedTitles,
  titles,
  workshops,
} from './contract.documents.js';
import { aDocument, everything, queryOf } from './documents.js';

export function words(makeEngine: () => Promise<SearchEngine>): void {
  const { engine, search, found } = filled(makeEngine, small);

  test.each([
    ['a word in any field', 'artisans', [fuse, workshops]],
    ['words in any case', 'TUSCANY', [workshops]],
    ['every word, wherever it stands', 'leather tuscany', [workshops]],
    ['nothing where one word is missing', 'leather incubator', []],
    ['another form of a word', 'designer', [fuse]],
    ['another form of a word in another language', 'bottega', [workshops]],
    ['two letters swapped', 'incuabtor', [incubator]],
    ['a letter left out', 'incubtor', [incubator]],
    ['a letter too many', 'incubbator', [incubator]],
    ['another letter', 'incubetor', [incubator]],
    ['accents that are not typed', 'krakow', [krakow]],
    ['accents that are typed', 'Kraków', [krakow]],
    ['letters with carons', 'skofja loka', [loka]],
    ['Cyrillic in Cyrillic', 'бургас', [burgas]],
    ['Cyrillic in Latin letters', 'Burgas', [burgas]],
    ['two words written as one', 'studyvisit', [fuse]],
    ['one word written as two', 'hand made', [workshops]],
    ['words with a hyphen as one', 'hand-made', [workshops]],
    ['stop words that no text has', 'the workshops of Tuscany', [workshops]],
    ['a phrase', '"study visit"', [fuse]],
    ['no phrase in another order', '"visit study"', []],
    ['a phrase and a word', '"study visit" artisans', [fuse]],
    ['a number', '2015', [workshops]],
    ['no other number', '2105', []],
    ['nothing for a word that is nowhere', 'xylophone', []],
  ])('finds %s', async (_, text, documents) => {
    expect(await found(text)).toEqual(sortedTitles(documents));
  });

  test('finds documents with some of the words, those with more of them first', async () => {
    const answer = await search(queryOf('leather tuscany xylophone incubator', { match: 'some' }));
    expect(titles(answer)).toEqual([workshops.title, incubator.title]);
    expect(answer.total).toBe(2);
  });

  test('finds what the last word begins, and no other word', async () => {
    const language = 'en';
    expect(await found(queryOf('incuba', { language, isTyped: true }))).toEqual([incubator.title]);
    expect(await found(queryOf('incuba', { language }))).toEqual([]);
    expect(await found(queryOf('incuba firms', { language, isTyped: true }))).toEqual([]);
  });

  test('takes a synonym for the word, across languages and of several words', async () => {
    const meant = (text: string, ...synonyms: string[]) => {
      const query = queryOf(text);
      return { ...query, words: query.words.map((each) => ({ ...each, synonyms })) };
    };
    expect(await found('zanat')).toEqual([]);
    expect(await found(meant('zanat', 'handicraft', 'craft'))).toEqual(sortedTitles([fuse, partner]));
    expect(await found(meant('studienbesuch', 'study visit'))).toEqual([fuse.title]);
  });

  test('takes what stands for several words together for all of them, and for no other word', async () => {
    const expressions = [{ words: ['fine', 'arts'], synonyms: ['handicraft', 'artisan workshops'] }];
    expect(await found('fine arts')).toEqual([]);
    expect(await found(queryOf('fine arts', { expressions }))).toEqual(sortedTitles([fuse, workshops]));
    expect(await found(queryOf('tuscany fine arts', { expressions }))).toEqual([workshops.title]);
    expect(await found(queryOf('fine arts xylophone', { expressions }))).toEqual([]);
    const some = await search(queryOf('fine arts xylophone', { expressions, match: 'some' }));
    expect(titles(some).toSorted()).toEqual(sortedTitles([fuse, workshops]));
    const longer = [{ words: ['fine', 'arts'], synonyms: ['artisan workshops', 'design weeks'] }];
    expect(titles(await search(queryOf('fine arts', { expressions: longer, match: 'some' })))).toContain(
      workshops.title,
    );
  });

  test('reads a query in the language that it is told', async () => {
    expect(await found(queryOf('artigiano', { language: 'it' }))).toEqual([workshops.title]);
  });

  test('lists everything where nothing is asked', async () => {
    expect(await found('')).toEqual(sortedTitles(small));
  });

  test('puts what has a word in its title before what has it in its text', async () => {
    const answer = await search('artisan');
    expect(titles(answer)).toEqual([workshops.title, fuse.title]);
    const [first, second] = answer.hits;
    expect(first?.score).toBeLessThanOrEqual(1);
    expect(second?.score).toBeLessThan(first?.score as number);
    expect(second?.score).toBeGreaterThan(0);
  });

  test('tells where a hit matches, in segments', async () => {
    const [hit] = (await search('handicrafts study')).hits;
    expect(hit).toMatchObject({ id: fuse.id, type: 'GoodPractice', url: fuse.url, title: fuse.title, distance: null });
    expect(hit?.highlights).toEqual([
      { text: 'Design weeks for ', isMatch: false },
      { text: 'handicrafts', isMatch: true },
    ]);
    expect(hit?.snippet.map(({ text }) => text).join('')).toBe('A study visit showed how artisans work.');
    expect(hit?.snippet.filter(({ isMatch }) => isMatch)).toEqual([{ text: 'study', isMatch: true }]);
    expect(hit?.matchedIn).toEqual(['title', 'body']);
  });

  test('shows texts as they are, never as HTML', async () => {
    const [hit] = (await search('lace')).hits;
    expect(hit?.snippet).toEqual([
      { text: 'Fairs of <b>', isMatch: false },
      { text: 'lace', isMatch: true },
      { text: ' & linen</b>.', isMatch: false },
    ]);
  });

  test('shows the summary of a hit whose title alone matches', async () => {
    const [hit] = (await search('weeks')).hits;
    expect(hit?.snippet).toEqual([{ text: 'Makers and designers answer briefs of firms.', isMatch: false }]);
    expect(hit?.matchedIn).toEqual(['title']);
  });

  test('suggests titles and names with a word that begins so', async () => {
    const suggested = async (prefix: string, filter: Filter = everything) =>
      (await engine().suggest(prefix, filter, 5)).map(({ title }) => title);
    expect(await suggested('incu')).toEqual([incubator.title]);
    expect(await suggested('artisan wor')).toEqual([workshops.title]);
    expect(await suggested('skof')).toEqual([loka.title]);
    expect(await suggested('cna')).toEqual([partner.title]);
    expect(await suggested('leath')).toEqual([]);
    expect(await suggested('c', { field: 'type', eq: 'GoodPractice' })).not.toContain(partner.title);
    expect(await suggested('%')).toEqual([]);
  });

  test('finds what is similar, without the document itself', async () => {
    const alike = await engine().similar(workshops.id, everything, 3);
    expect(alike.map(({ id }) => id)).not.toContain(workshops.id);
    expect(alike[0]?.id).toBe(fuse.id);
    const onlyPartners = await engine().similar(workshops.id, { field: 'type', eq: 'Partner' }, 3);
    expect(onlyPartners.map(({ type }) => type).filter((type) => type !== 'Partner')).toEqual([]);
    expect(await engine().similar(aDocument('Not there').id, everything, 3)).toEqual([]);
  });
}
