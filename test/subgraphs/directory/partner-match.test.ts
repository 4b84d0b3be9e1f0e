import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  matchPartners,
  type NamedPartner,
  type PartnerMatch,
} from '../../../src/subgraphs/directory/partner-match.service.js';
import { aDatabase, execute } from '../../support/database.js';
import { aPartner, draft, withdrawn } from '../../support/factories.js';

const database = await aDatabase('seeded');
const regions = await execute<{ code: string; id: string }>(
  database,
  `select code, id from region where code_version = 2024 and code in ('SE110', 'FI1B1', 'BG341', 'IT')`,
);
const regionOf = (code: string) => regions.find((region) => region.code === code)?.id ?? null;

const stored = (name: string, columns: Record<string, unknown> = {}) =>
  aPartner(database, { name_original: name, region_id: regionOf('SE110'), ...columns });
const identified = (...each: [scheme: string, value: string][]) =>
  JSON.stringify(each.map(([scheme, value]) => ({ scheme, value })));

/** An organisation of a file, in Sweden unless said. */
const named = (
  name: string,
  country: string | null = 'SE',
  ...identifiers: [scheme: string, value: string][]
): NamedPartner => ({
  name,
  country,
  identifiers: identifiers.map(([scheme, value]) => ({ scheme, value })),
});

const match = (...partners: NamedPartner[]) => database.em().transactional((em) => matchPartners(em, partners));
const one = async (partner: NamedPartner) => (await match(partner))[0] as PartnerMatch;

/** The candidates' ids, whether the organisation is new all the same, and why. */
const told = (found: PartnerMatch | undefined) =>
  found?.kind === 'candidates' ? [found.candidates.map(({ id }) => id), found.isNew, found.reason] : found;

test('an identifier finds its organisation, whatever spaces, points, hyphens and case it is written with', async () => {
  const { id } = await stored('Skogens hus', { identifiers: identified(['PIC', '999888777'], ['ROR', '05gq02987']) });
  for (const [scheme, value] of [
    ['PIC', ' 999 888 777 '],
    ['pic', '999.888.777'],
    ['ROR', 'https://ror.org/05GQ02987'],
  ] as const)
    expect(await one(named('Another name', 'FI', [scheme, value]))).toEqual({ kind: 'found', id, by: 'identifier' });
  expect(await one(named('Another name', 'FI', ['ERASMUS_OID', '999888777']))).toEqual({ kind: 'none' });
});

test('a natural person is found by its identifiers, and by no name', async () => {
  const vat = ['VAT', 'SE556677889901'] as [string, string];
  const { id } = await stored('Zora Zzkraft', { is_natural_person: true, identifiers: identified(vat) });
  expect(await one(named('Z. Zzkraft', 'FI', vat))).toEqual({ kind: 'found', id, by: 'identifier' });
  expect(await one(named('Zora Zzkraft'))).toEqual({ kind: 'none' });
});

test('a name finds its organisation in its country, whatever case, accents, spaces and punctuation', async () => {
  const { id } = await stored('Ängens  S.A.G.A.-förening', { name_english: 'Saga of the Meadow' });
  for (const name of [
    'ÄNGENS SAGA FÖRENING',
    'angens s a g a–forening',
    'A\u0308ngens SAGA-förening.',
    'saga of the MEADOW',
  ])
    expect(await one(named(name))).toEqual({ kind: 'found', id, by: 'name' });
  expect(await one(named('Ängens SAGA förening', 'FI'))).toEqual({ kind: 'none' });
  const reason = 'It has its name, and the country of one of them is unknown.';
  expect(told(await one(named('Ängens SAGA förening', null)))).toEqual([[id], true, reason]);
});

test('a city lends its country to an organisation without a region', async () => {
  const [place] = await execute<{ id: string }>(database, `select id from place where slug = 'burgas'`);
  const { id } = await stored('Морска академия', { region_id: null, place_id: place?.id });
  expect(await one(named('Морска Академия', 'BG'))).toEqual({ kind: 'found', id, by: 'name' });
});

test('two of which nobody knows the country are the same by their name', async () => {
  const { id } = await stored('Circus of Nowhere', { region_id: null });
  expect(await one(named('CIRCUS OF NOWHERE', null))).toEqual({ kind: 'found', id, by: 'name' });
});

test('former names and aliases are names, acronyms are likenesses', async () => {
  const { id } = await stored('Nordens ljus', {
    acronym: 'NOLJ',
    other_names: JSON.stringify([
      { name: 'Gamla lyktan', kind: 'FORMER', language: null, from: null, to: '2012' },
      { name: 'Light of the North', kind: 'TRANSLATION', language: 'en', from: null, to: null },
    ]),
  });
  for (const name of ['Gamla lyktan', 'Light of the North'])
    expect(await one(named(name))).toEqual({ kind: 'found', id, by: 'name' });
  expect(told(await one(named('NOLJ')))).toEqual([[id], true, expect.stringContaining('much like')]);
});

test('Cyrillic and its transliteration are the same where both stand in the record, and otherwise not', async () => {
  const region_id = regionOf('BG341');
  const { id } = await stored('Музей на занаятите', { region_id, name_latin: 'Muzey na zanayatite' });
  await stored('Дом на книгата', { region_id });
  expect(await match(named('МУЗЕЙ НА ЗАНАЯТИТЕ', 'BG'), named('Muzey na zanayatite', 'BG'))).toEqual([
    { kind: 'found', id, by: 'name' },
    { kind: 'found', id, by: 'name' },
  ]);
  expect(await one(named('Dom na knigata', 'BG'))).toEqual({ kind: 'none' });
});

test('organisations that differ in their legal form, or by a slip of the pen, are alike and not the same', async () => {
  const { id } = await stored('Fjällbo AB');
  const alike = [[id], true, expect.stringMatching(/^Its name is much like 'Fjällbo AB' \(partner-\d+\)\.$/)];
  for (const name of ['Fjällbo', 'Fjällbo Aktiebolag', 'Fjällbo s.r.l.', 'Fjallboo AB'])
    expect([name, ...[told(await one(named(name)))].flat()]).toEqual([name, ...alike]);
  expect(await match(named('Fjällbo', 'FI'), named('Fjällskog AB'))).toEqual([{ kind: 'none' }, { kind: 'none' }]);
});

test('beginnings of words that more than 25 organisations share tell nobody from the others', async () => {
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXY') await stored(`Gemeinde Sonnental ${letter}`);
  const alike = async () => {
    const found = await one(named('Gemeinde Sonnentaal'));
    return found.kind === 'candidates' ? found.candidates.length : found.kind;
  };
  expect(await alike()).toBe(25);
  await stored('Gemeinde Sonnental Z');
  expect(await alike()).toBe('none');
});

test('of two that bear one name none is chosen', async () => {
  const ids = [await stored('Sankt Görans skola'), await stored('Sankt Görans Skola')].map(({ id }) => id);
  expect(told(await one(named('Sankt Görans skola')))).toEqual([
    expect.arrayContaining(ids),
    false,
    'Several organisations have its name.',
  ]);
});

test('identifiers that lead to two organisations, or contradict the one of that name, are left to people', async () => {
  const { id } = await stored('Vättern Data', { identifiers: identified(['PIC', '111111111']) });
  const { id: other } = await stored('Vänern Moln', { identifiers: identified(['VAT', 'SE556677889901']) });
  const both = named('Sjö', 'SE', ['PIC', '111111111'], ['VAT', 'SE 556677-8899 01']);
  expect(told(await one(both))).toEqual([
    expect.arrayContaining([id, other]),
    false,
    'Its identifiers lead to several organisations.',
  ]);
  const namesake = named('Vättern Data', 'SE', ['PIC', '222222222']);
  expect(told(await one(namesake))).toEqual([[id], true, 'What has its name has another identifier.']);
  const sameScheme = named('Vättern Data', 'SE', ['VAT', 'SE111111111101']);
  expect(await one(sameScheme)).toEqual({ kind: 'found', id, by: 'name' });
});

test('drafts are found, what is withdrawn is told, and what is made up is not there', async () => {
  const hidden = await stored('Drakens brygga', draft);
  const gone = await stored('Gamla kajen', withdrawn);
  await stored('Låtsasverket', { origin: 'DEMONSTRATION', identifiers: identified(['PIC', '333333333']) });
  const [first, second, third] = await match(
    named('Drakens brygga'),
    named('Gamla kajen'),
    named('Låtsasverket', 'SE', ['PIC', '333333333']),
  );
  expect(first).toEqual({ kind: 'found', id: hidden.id, by: 'name' });
  expect(told(second)).toEqual([[gone.id], false, 'It was withdrawn.']);
  expect(third).toEqual({ kind: 'none' });
  expect(told(await one(named('Drakens bryggan')))).toEqual([[hidden.id], true, expect.any(String)]);
});

test('who is the same, or alike, within a batch is told', async () => {
  const matches = await match(
    named('Humlegården', 'SE', ['PIC', '444444444']),
    named('HUMLEGARDEN'),
    named('Hop Garden', 'SE', ['PIC', '444 444 444']),
    named('Humlegården', 'SE', ['PIC', '555555555']),
    named('Humlegården'),
    named('Humlegården', 'FI'),
    named('Humlegården AB'),
    named('---'),
  );
  const like = "Its name is much like 'Humlegården' of this file or 'Humlegården' of this file.";
  expect(matches).toEqual([
    { kind: 'none' },
    { kind: 'none', sameAs: 0 },
    { kind: 'none', sameAs: 0 },
    { kind: 'candidates', candidates: [], reason: "Its name is much like 'Humlegården' of this file.", isNew: true },
    {
      kind: 'candidates',
      candidates: [],
      reason: 'Several before it in this file have its name, and other identifiers.',
      isNew: false,
    },
    { kind: 'none' },
    { kind: 'candidates', candidates: [], reason: like, isNew: true },
    { kind: 'none' },
  ]);
});

test('what one batch enters is found by the next one of its transaction', async () => {
  await database.em().transactional(async (em) => {
    expect(await matchPartners(em, [named('Solrosen')])).toEqual([{ kind: 'none' }]);
    await sql`insert into partner (id, slug, name_original, region_id)
      values ('ptn_0000000000000000000000000z', 'solrosen', 'Solrosen', ${regionOf('SE110')})`.execute(em.getKysely());
    expect(await matchPartners(em, [named('SOLROSEN')])).toEqual([
      { kind: 'found', id: 'ptn_0000000000000000000000000z', by: 'name' },
    ]);
    await expect(matchPartners(em, [])).resolves.toEqual([]);
  });
});

test('what a batch tells of an organisation counts for the rest of it', async () => {
  const { id } = await stored('Tornugglan');
  const [first, second] = await match(
    named('Tornugglan', 'SE', ['PIC', '666666666']),
    named('Tornugglan', 'SE', ['PIC', '777777777']),
  );
  expect(first).toEqual({ kind: 'found', id, by: 'name' });
  expect(told(second)).toEqual([[id], true, 'What has its name has another identifier.']);
});
