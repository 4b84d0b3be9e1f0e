import { expect, test } from 'vitest';
import { seedDatabase } from '../../src/cli/seed.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase, execute } from '../support/database.js';
import { count, faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const database = await aDatabase();

const town = (text: string): [string, string] => ['  formerNames: [Podestà, Signoria]\n', text];
const outside = (dates: string): Edits => ({
  'participations.yaml': [['  order: 1\n', `  order: 1\n${dates}`]],
});

const cases: Record<string, [edits: Edits, faults: string[]]> = {
  'a term of others without a source': [
    { 'themes.yaml': [['  source: https://example.org/crafts\n', '']] },
    ['themes.yaml:1 source: It is missing. Add it, or make the origin ENTERED if the term is our own.'],
  ],
  'two current names': [
    { 'partners.yaml': [town('  otherNames: [{ name: Signoria, kind: CURRENT }]\n')] },
    [
      "partners.yaml:4 otherNames.0.kind: Two current names: 'Comune' and 'Signoria'. Make one of them FORMER, ALIAS or TRANSLATION.",
    ],
  ],
  'a current name twice': [
    {
      'partners.yaml': [
        town("  otherNames: [{ name: Comune, kind: CURRENT, from: '1955' }, { name: Comune, kind: CURRENT }]\n"),
      ],
    },
    [
      "partners.yaml:4 otherNames.1.kind: Two current names: 'Comune' and 'Comune'. Make one of them FORMER, ALIAS or TRANSLATION.",
    ],
  ],
  'a current name that has ended, and one that ends before it begins': [
    {
      'partners.yaml': [
        town(
          "  otherNames:\n    - { name: Comune, kind: CURRENT, to: '1955' }\n    - { name: Signoria, kind: FORMER, from: '1500', to: '1434-05' }\n",
        ),
      ],
    },
    [
      'partners.yaml:5 otherNames.0.to: A current name has not ended. Take it out, or make the kind FORMER.',
      'partners.yaml:6 otherNames.1.to: It lies before `from`. Correct one of them.',
    ],
  ],
  'an identifier of another shape': [
    { 'partners.yaml': [town("  identifiers: [{ scheme: PIC, value: '12345' }]\n")] },
    [
      'partners.yaml:4 identifiers.0.value: It has not the shape of its scheme. Write 9 digits for PIC, IT01234567890 for VAT, 05gq02987 for ROR, Q2044 for WIKIDATA.',
    ],
  ],
  'a contact that leads nowhere': [
    {
      'partners.yaml': [town('  contacts: [{ role: press }]\n')],
    },
    ['partners.yaml:4 contacts.0.text: There is no way to make contact. Add text, url or email.'],
  ],
  'a role twice': [
    { 'partners.yaml': [town('  contacts: [{ role: press, text: Call. }, { role: press, text: Write. }]\n')] },
    ["partners.yaml:4 contacts.1.role: A contact before this one has the role 'press'. Each may stand once."],
  ],
  'an unknown validator and an unknown model': [
    {
      'practices.yaml': [
        [
          '  title: School\n',
          '  title: School\n  inspiredBy: [fairs]\n  validation: { level: EXPERT, by: town-hal }\n',
        ],
      ],
    },
    [
      "practices.yaml:25 inspiredBy.0: No good practice has the slug 'fairs'. Did you mean 'fair'?",
      "practices.yaml:26 validation.by: No partner has the slug 'town-hal'. Did you mean 'town-hall'?",
    ],
  ],
  'a rating out of its range': [
    { 'practices.yaml': [['  title: School\n', '  title: School\n  transferability: { rating: 6 }\n']] },
    ['practices.yaml:25 transferability.rating: It must be 5 or less.'],
  ],
  "an owner's part outside its project's dates": [
    outside("  startDate: '2012-04'\n  endDate: '2015'\n  origin: ENTERED\n"),
    [
      'participations.yaml:5 startDate: It lies before the start of crafts. Correct one of them.',
      'participations.yaml:6 endDate: It lies after the end of crafts. Correct one of them.',
    ],
  ],
};

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(database, edits)).toEqual(faults);
});

test("a reported part outside its project's dates is told, and stored", async () => {
  const fresh = await aDatabase();
  const told: string[] = [];
  const directory = await writeSeeds(outside("  startDate: '2012-04'\n  endDate: '2014'\n"));
  await seedDatabase({ em: fresh.em(), subgraphs, directory, log: (line) => told.push(line) });
  expect(told.filter((line) => line.startsWith('Warning'))).toEqual([
    'Warning: participations.yaml:5 startDate: It lies before the start of crafts. Correct one of them.',
  ]);
  expect(await execute(fresh, 'select start_date::text from participation where position = 1')).toEqual([
    { start_date: '2012-04-01' },
  ]);
});

test('a year is not outside a project that begins in its midst', async () => {
  const fresh = await aDatabase();
  const told: string[] = [];
  const directory = await writeSeeds(outside("  startDate: '2012'\n  endDate: '2014-12'\n"));
  await seedDatabase({ em: fresh.em(), subgraphs, directory, log: (line) => told.push(line) });
  expect(told.filter((line) => line.startsWith('Warning'))).toEqual([]);
});

test('two themes may change places', async () => {
  const fresh = await aDatabase();
  const below = (slug: string, broader: string): Edits => ({
    'themes.yaml': [[`  label: ${slug}\n`, `  label: ${slug}\n  broader: ${broader}\n`]],
  });
  const paths = async () =>
    (await execute<{ path: string }>(fresh, 'select path from theme order by path')).map(({ path }) => path);
  await load(fresh, await writeSeeds(below('Design', 'sales')));
  expect(await paths()).toEqual(['sales/', 'sales/design/']);
  await load(fresh, await writeSeeds(below('Sales', 'design')));
  expect(await paths()).toEqual(['design/', 'design/sales/']);
  await load(fresh, await writeSeeds(below('Design', 'sales')));
  expect(await paths()).toEqual(['sales/', 'sales/design/']);
});

test('all that an entry may say is stored, once, and cleared with it', async () => {
  const fresh = await aDatabase();
  const edits: Edits = {
    'places.yaml': [
      ['  name: Museum\n', '  name: Museum\n  point: { latitude: 43.77, longitude: 11.25, precision: BUILDING }\n'],
    ],
    'partners.yaml': [
      [
        '  nameOriginalLanguage: it\n',
        "  nameOriginalLanguage: it\n  otherNames: [{ name: Priori, kind: FORMER, to: '1532' }]\n  identifiers: [{ scheme: WIKIDATA, value: Q2044 }]\n  legalStatus: PUBLIC\n  specialisations: [crafts]\n  contacts: [{ role: press, text: Call., email: press@example.org }]\n",
      ],
    ],
    'participations.yaml': [['  order: 1\n', '  order: 1\n  budget: { amount: 5, currency: EUR }\n']],
    'themes.yaml': [
      [
        '  label: Design\n',
        '  label: Design\n  labels: { it: Progettazione }\n  alternativeLabels: { de: [Entwurf] }\n  broader: sales\n  related: [sales]\n',
      ],
    ],
    'practices.yaml': [
      [
        '  title: School\n',
        "  title: School\n  inspiredBy: [fair]\n  validation: { level: EXPERT, by: town-hall, at: '2014' }\n  transferability: { rating: 5 }\n  links: [{ url: 'https://example.org/film' }]\n",
      ],
    ],
  };
  const full = await writeSeeds(edits);
  await load(fresh, full);
  const changes = await count(fresh, 'change');
  await load(fresh, full);
  expect(await count(fresh, 'change')).toBe(changes);
  const stored = () =>
    execute(
      fresh,
      `select (select latitude from place where slug = 'museum') as latitude, o.former_names, jsonb_array_length(o.other_names) as names,
        o.identifiers, o.legal_status, (select budget_amount from participation where position = 1) as budget,
        (select path from theme where slug = 'design') as path, (select count(*)::int from theme_related) as related,
        (select text from translation where language = 'it') as label, (select email from partner_contact_email) as email,
        (select count(*)::int from good_practice_inspiration) as inspired, g.validated_by_id = o.id as "byTown", g.validated_on::text, g.transferability_rating as rating, g.links
      from partner o, good_practice g where o.slug = 'town-hall' and g.slug = 'school'`,
    );
  expect(await stored()).toEqual([
    {
      latitude: '43.770000',
      former_names: ['Priori', 'Podestà', 'Signoria'],
      names: 3,
      identifiers: [{ value: 'Q2044', scheme: 'WIKIDATA' }],
      legal_status: 'PUBLIC',
      budget: '5.00',
      path: 'sales/design/',
      related: 2,
      label: 'Progettazione',
      email: 'press@example.org',
      inspired: 1,
      byTown: true,
      validated_on: '2014-01-01',
      rating: 5,
      links: [{ url: 'https://example.org/film', title: null }],
    },
  ]);
  await load(fresh, await writeSeeds());
  expect(await stored()).toEqual([
    {
      latitude: null,
      former_names: ['Podestà', 'Signoria'],
      names: 2,
      identifiers: [],
      legal_status: null,
      budget: null,
      path: 'design/',
      related: 0,
      label: null,
      email: null,
      inspired: 0,
      byTown: null,
      validated_on: null,
      rating: null,
      links: [],
    },
  ]);
});
