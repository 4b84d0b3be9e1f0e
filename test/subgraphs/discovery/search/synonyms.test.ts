import { expect, test } from 'vitest';
import { anonymous } from '../../../../src/graph/context.js';
import { Stems } from '../../../../src/subgraphs/discovery/search/analysis/stems.js';
import { themeSynonyms } from '../../../../src/subgraphs/discovery/search/synonyms.js';
import { aDatabase, type TestDatabase } from '../../../support/database.js';
import { aTheme, draft } from '../../../support/factories.js';

const labels = (of: Record<string, string[]>) =>
  JSON.stringify(Object.entries(of).map(([language, each]) => ({ language, labels: each })));

/** The synonyms of a whole text, as one word or expression. */
function synonymsBy(database: TestDatabase) {
  const { synonymsIn } = themeSynonyms(database.readAs(anonymous), new Stems());
  return async (text: string, language: string | null = null) => {
    const words = text.split(/[ ']/);
    const whole = (await synonymsIn(words, language)).filter(({ length }) => length === words.length);
    return whole.flatMap(({ synonyms }) => synonyms).toSorted();
  };
}

test('a word is known in any form and language of a label, and each label of a theme is one of its synonyms', async () => {
  const database = await aDatabase();
  await aTheme(database, {
    label: 'craft',
    alternative_labels: labels({ en: ['handicraft', 'artisan work'], it: ['artigianato'], bg: ['занаят'] }),
  });
  await aTheme(database, { label: 'Business models and business support services' });
  await aTheme(database, { ...draft, label: 'craft', alternative_labels: labels({ en: ['secret'] }) });
  const sorted = synonymsBy(database);
  expect(await sorted('artigianato')).toEqual(['artisan work', 'craft', 'handicraft', 'занаят']);
  expect(await sorted('Crafts', 'en')).toEqual(['artigianato', 'artisan work', 'handicraft', 'занаят']);
  expect(await sorted('zanayat')).toEqual(['artigianato', 'artisan work', 'craft', 'handicraft']);
  expect(await sorted('business')).toEqual([]);
  expect(await sorted('nowhere')).toEqual([]);
  expect(await sorted('  ')).toEqual([]);
});

test('an expression is known by all of its words beside each other, in any form, and found within a text', async () => {
  const database = await aDatabase();
  await aTheme(database, {
    label: 'arts and crafts',
    alternative_labels: labels({
      en: ['small and medium-sized makers'],
      de: ['Kunsthandwerk'],
      it: ['mestieri d’arte'],
    }),
  });
  const sorted = synonymsBy(database);
  expect(await sorted('art and crafts', 'en')).toEqual([
    'Kunsthandwerk',
    'arts and crafts',
    'mestieri d’arte',
    'small and medium-sized makers',
  ]);
  expect(await sorted('crafts and arts')).toEqual([]);
  expect(await sorted('arts')).toEqual([]);
  const { synonymsIn } = themeSynonyms(database.readAs(anonymous), new Stems());
  const found = await synonymsIn(['the', 'small', 'and', 'medium-sized', 'makers', 'of', 'Kunsthandwerk'], null);
  expect(found.map(({ at, length }) => [at, length])).toEqual([
    [1, 4],
    [6, 1],
  ]);
});

test('the seeds know the words of their themes across languages', async () => {
  const database = await aDatabase('seeded');
  const sorted = synonymsBy(database);
  expect(await sorted('artigianato')).toContain('craft');
  expect(await sorted('incubators', 'en')).toContain('pépinière');
  expect(await sorted('arts and crafts')).toContain('Kunsthandwerk');
  expect(await sorted("visite d'étude")).toContain('study visit');
});
