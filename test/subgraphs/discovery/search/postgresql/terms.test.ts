import { expect, test } from 'vitest';
import { anonymous } from '../../../../../src/graph/context.js';
import { anyTerms } from '../../../../../src/subgraphs/discovery/search/analysis/terms.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { postgresqlTerms } from '../../../../../src/subgraphs/discovery/search/postgresql/terms.js';
import { aDatabase } from '../../../../support/database.js';
import { aDocument, inBatches } from '../documents.js';

test('the index tells which words texts have, what they were reduced to, and in which language', async () => {
  const database = await aDatabase();
  const engine = postgresqlEngine(database);
  await engine.rebuild(
    inBatches([
      aDocument('Incubators of crafts'),
      aDocument('An incubator'),
      aDocument('Botteghe', { language: 'it' }),
    ]),
  );
  const terms = await postgresqlTerms(database.readAs(anonymous)).termsOf([
    'incub',
    'incubators',
    'botteg',
    'xylophone',
  ]);
  expect([terms.has('incub', 'en'), terms.has('incub', 'it'), terms.has('incub', null)]).toEqual([true, false, false]);
  expect([terms.has('incubators', null), terms.has('incubators', 'it')]).toEqual([true, true]);
  expect([terms.has('botteg', 'it'), terms.has('xylophone', null)]).toEqual([true, false]);
  expect(terms.formsOf('incub').toSorted()).toEqual(['incubator', 'incubators']);
  expect([terms.documentsWith('incub'), terms.documentsWith('xylophone')]).toEqual([2, 0]);
});

test('an index that is empty knows nothing of what another one may find', async () => {
  const database = await aDatabase();
  await postgresqlEngine(database).rebuild(inBatches([]));
  expect(await postgresqlTerms(database.readAs(anonymous)).termsOf(['craft'])).toBe(anyTerms);
});

test('a mistyped word may have been meant as those that differ by a letter, by two, or as two words', async () => {
  const database = await aDatabase();
  await postgresqlEngine(database).rebuild(
    inBatches([
      aDocument('Crafts of Burgas'),
      aDocument('A kraft mill'),
      aDocument('Incubators of crafts'),
      aDocument('Hand made'),
    ]),
  );
  const { correctionsOf } = postgresqlTerms(database.readAs(anonymous));
  expect(await correctionsOf(['crafst', 'incubatrso', 'handmade', '2014', 'xylophone'])).toEqual(
    new Map([
      ['crafst', ['crafts']],
      ['incubatrso', ['incubators']],
      ['handmade', ['hand made']],
      ['xylophone', []],
    ]),
  );
  expect([...(await correctionsOf(['craft'])).values()]).toEqual([['crafts', 'kraft']]);
});
