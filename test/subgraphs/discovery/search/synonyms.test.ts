import { expect, test } from 'vitest';
import { anonymous } from '../../../../src/graph/context.js';
import { Stems } from '../../../../src/subgraphs/discovery/search/postgresql/stems.js';
import { themeSynonyms } from '../../../../src/subgraphs/discovery/search/postgresql/synonyms.js';
import { aDatabase } from '../../../support/database.js';
import { aTheme, draft } from '../../../support/factories.js';

const labels = (of: Record<string, string[]>) =>
  JSON.stringify(Object.entries(of).map(([language, each]) => ({ language, labels: each })));

test('a word is known in any form and language of a label, and each label of a theme is one of its synonyms', async () => {
  const database = await aDatabase();
  await aTheme(database, {
    label: 'craft',
    alternative_labels: labels({ en: ['handicraft', 'artisan work'], it: ['artigianato'], bg: ['занаят'] }),
  });
  await aTheme(database, { label: 'Business models and business support services' });
  await aTheme(database, { ...draft, label: 'craft', alternative_labels: labels({ en: ['secret'] }) });
  const { synonymsOf } = themeSynonyms(database.readAs(anonymous), new Stems());
  const sorted = async (word: string, language: string | null = null) => (await synonymsOf(word, language)).toSorted();
  expect(await sorted('artigianato')).toEqual(['artisan work', 'craft', 'handicraft', 'занаят']);
  expect(await sorted('Crafts', 'en')).toEqual(['artigianato', 'artisan work', 'handicraft', 'занаят']);
  expect(await sorted('zanayat')).toEqual(['artigianato', 'artisan work', 'craft', 'handicraft']);
  expect(await sorted('business')).toEqual([]);
  expect(await sorted('nowhere')).toEqual([]);
  expect(await sorted('  ')).toEqual([]);
});

test('the seeds know the words of their themes across languages', async () => {
  const database = await aDatabase('seeded');
  const { synonymsOf } = themeSynonyms(database.readAs(anonymous), new Stems());
  expect(await synonymsOf('artigianato', null)).toContain('craft');
  expect(await synonymsOf('incubators', 'en')).toContain('pépinière');
});
