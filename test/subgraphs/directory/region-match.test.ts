import { expect, test } from 'vitest';
import { matchRegions, type NamedRegion } from '../../../src/subgraphs/directory/region-match.service.js';
import { aDatabase } from '../../support/database.js';

const database = await aDatabase('seeded');

/** The code that was found, the codes of candidates, or why there is none. */
async function told(...regions: NamedRegion[]): Promise<(string | string[])[]> {
  const matches = await matchRegions(database.em(), regions);
  return matches.map((match) =>
    match.kind === 'found' ? match.code : match.kind === 'candidates' ? match.codes : match.reason,
  );
}

const codes = (...each: string[]) => told(...each.map((code) => ({ code })));
const names = (country: string | null, ...each: string[]) => told(...each.map((name) => ({ name, country })));

test('a code of today finds its region, as Eurostat or as ISO 3166 writes it', async () => {
  expect(await codes('ITI14', ' iti 14 ', 'EL30', 'gr30', 'GB', 'UK')).toEqual([
    'ITI14',
    'ITI14',
    'EL30',
    'EL30',
    'UK',
    'UK',
  ]);
});

test('an older code leads to the only region that nearly all of it became', async () => {
  // 95.42 % of the area of FI195 and 97.51 % of its people are in FI19A; NL111 went into one of 2021 whole, into one of 2010 by nine tenths.
  expect(await codes('HU101', 'LV006', 'FI195', 'IE024', 'NL111')).toEqual([
    'HU110',
    'LV00A',
    'FI19A',
    ['IE051', 'IE052'],
    ['NL114', 'NL115'],
  ]);
});

test('a code in a country whose regions are not kept means that country', async () => {
  expect(await codes('UKI31', 'gb')).toEqual(['UK', 'UK']);
});

test('an unknown code is told, and a name beside it is asked then', async () => {
  expect(await codes('XX999')).toEqual(["No version of NUTS that is known here has the code 'XX999'."]);
  expect(await told({ code: 'ITZZZ', name: 'Toscana', country: 'IT' }, {}, { name: ' - ' })).toEqual([
    'ITI1',
    'Neither a code nor a name is given.',
    'Neither a code nor a name is given.',
  ]);
});

test('a code that lies in another country than the row says is not believed', async () => {
  expect(await told({ code: 'SE110', country: 'FI' }, { code: 'SE110', country: 'SE' })).toEqual([['SE110'], 'SE110']);
});

test('names are local, Latin or English, whatever case and accents', async () => {
  expect(await names('IT', 'Toscana', 'TUSCANY', 'firenze')).toEqual(['ITI1', 'ITI1', 'ITI14']);
  expect(await names('EL', 'Αττική', 'ATTIKI')).toEqual(['EL3', 'EL3'].map(() => expect.stringMatching(/^EL30?0?$/)));
  expect(await names('SE', 'Skane lan', 'VÄSTRA GÖTALANDS LÄN')).toEqual(['SE224', 'SE232']);
});

test('each of the languages in which a region has its names counts', async () => {
  expect(await names('IT', 'Vallée d’Aoste', "Valle d'Aosta", 'Bozen')).toEqual(['ITC20', 'ITC20', 'ITH1']);
  expect(await names('BE', 'Brussels Hoofdstedelijk Gewest', 'Prov. Limburg')).toEqual(['BE10', 'BE22']);
  expect(await names('ES', 'Álava', 'Alacant')).toEqual(['ES211', 'ES521']);
});

test('a country is found by its name in other languages', async () => {
  const each = ['Sverige', 'Schweden', 'Suède', 'Швеция', 'Ruotsi'].map((name) => ({ name, level: 0 }));
  expect(await told(...each)).toEqual(each.map(() => 'SE'));
  expect(await names(null, 'Vereinigtes Königreich', 'Griekenland', 'Türkiye')).toEqual(['UK', 'EL', 'TR']);
});

test('regions of one name are one where they are the same area, the smallest of them, and else left to people', async () => {
  expect(await names('FR', 'Bretagne')).toEqual(['FRH0']);
  expect(await names('DE', 'Leipzig')).toEqual([['DED5', 'DED52']]);
  expect(
    await told({ name: 'Leipzig', country: 'DE', level: 2 }, { name: 'Bretagne', country: 'FR', level: 1 }),
  ).toEqual(['DED5', 'FRH']);
});

test('regions that are called nearly so are candidates, in their country alone', async () => {
  expect(await names('SE', 'Skåne', 'Småland och öarna')).toEqual([['SE224'], ['SE21']]);
  expect(await names('DE', 'Augsburg')).toEqual([['DE276', 'DE271']]);
  expect(await names(null, 'Limburg', 'Nowhereland')).toEqual([
    ['NL42', 'NL423', 'DE723', 'NL421', 'NL422'],
    "No region has the name 'Nowhereland'.",
  ]);
  expect(await names('NL', 'Limburg')).toEqual(['NL42']);
  expect(await names('FI', 'Skåne län')).toEqual(["No region of FI has the name 'Skåne län'."]);
});
