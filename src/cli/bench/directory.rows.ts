import { PartnerType } from '../../subgraphs/directory/partner.fields.js';
import { phraseBook } from './phrase-book.js';
import { randomOf } from './random.js';
import { today, type Add, type World } from './world.js';

const { en } = phraseBook;

const year = (at: number) => ({ date: `${at}-01-01`, precision: 'YEAR' });
const day = (at: number, month: number, of: number) =>
  `${at}-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`;

export function programmeRows(world: World, index: number, add: Add): void {
  const random = randomOf('Programme', index);
  const start = 2007 + 7 * (index % 3);
  add('programme', {
    ...world.record('Programme', index, 'en'),
    slug: `generated-programme-${index + 1}`,
    name: `Generated programme ${index + 1}, ${start}-${start + 6}`,
    cooperation_type: random.pick(['CROSS_BORDER', 'TRANSNATIONAL', 'INTERREGIONAL']),
    start_year: start,
    end_year: start + 6,
    fund: 'ERDF',
    budget_amount: random.whole(50, 400) * 1_000_000,
    budget_currency: 'EUR',
  });
}

export function placeRows(world: World, index: number, add: Add): void {
  const random = randomOf('Place', index);
  const region = world.geography.draw(random);
  add('place', {
    ...world.record('Place', index, world.geography.languageOf(region)),
    slug: world.slug('Place', index, region.name),
    name: region.name,
    kind: 'CITY',
    region_id: region.id,
  });
}

const organisationTypes = [
  PartnerType.BUSINESS_SUPPORT_ORGANISATION,
  PartnerType.SECTORAL_AGENCY,
  PartnerType.HIGHER_EDUCATION_RESEARCH,
  PartnerType.LOCAL_PUBLIC_AUTHORITY,
  PartnerType.REGIONAL_PUBLIC_AUTHORITY,
  PartnerType.EDUCATION_TRAINING_CENTRE,
  PartnerType.INTEREST_GROUP_NGO,
  PartnerType.SME,
];

export function partnerRows(world: World, index: number, add: Add): void {
  const { region, language, organisation, name } = world.partner(index);
  const random = randomOf('Partner details', index);
  const english = `${en.organisations[organisation]} of ${region.name}`;
  const type = organisationTypes[organisation];
  const isPrivate = type === PartnerType.SME;
  add('partner', {
    ...world.record('Partner', index, language),
    slug: world.slug('Partner', index, english),
    name_original: name,
    name_original_language: language,
    name_english: english,
    type,
    legal_status: isPrivate ? 'PRIVATE_FOR_PROFIT' : random.pick(['PUBLIC', 'PRIVATE_NON_PROFIT']),
    specialisations: random.several(random.whole(0, 3), () => random.pick(sectors)),
    identifiers: random.chance(0.5) ? [{ scheme: 'NATIONAL', value: `DEMO-${index + 1}` }] : [],
    website: random.chance(0.7) ? `https://partner-${index + 1}.example/` : null,
    region_id: region.id,
  });
}

export const sectors = [
  'crafts',
  'tourism',
  'food',
  'energy',
  'textiles',
  'wood',
  'ceramics',
  'digital',
  'health',
  'culture',
];

/** When a project ran: it begins on the first of a month and lasts two or three years. */
export function projectDates(index: number): { start: string; end: string } {
  const random = randomOf('Project dates', index);
  const [from, month] = [random.whole(2008, 2024), random.whole(1, 12)];
  return { start: day(from, month, 1), end: day(from + random.whole(2, 3), month, 28) };
}

export function projectRows(world: World, index: number, add: Add): void {
  const { counts } = world;
  const random = randomOf('Project', index);
  const words = `${random.pick(en.things)} ${random.pick(en.audiences)}`;
  const parts = random.several(random.whole(4, 12), () => random.skewed(counts.Partner, 0.6));
  const { start, end } = projectDates(index);
  const budget = random.whole(3, 40) * 50_000;
  const euro = { budget_currency: 'EUR', eu_contribution_currency: 'EUR' };
  add('project', {
    ...world.record('Project', index, 'en'),
    slug: world.slug('Project', index, words),
    acronym: `${words
      .replaceAll(/[^A-Za-z ]/g, '')
      .split(' ')
      .map((word) => word.slice(0, 2))
      .join('')
      .toUpperCase()}${index + 1}`,
    title: words,
    reference: `DEMO-${index + 1}`,
    programme_id: world.id('Programme', random.whole(0, counts.Programme - 1)),
    owner_id: world.id('Partner', parts[0] as number),
    aim: random.pick(en.sentences),
    start_date: start,
    start_date_precision: 'DAY',
    end_date: end,
    end_date_precision: 'DAY',
    status: end <= today ? 'CLOSED' : 'ONGOING',
    budget_amount: budget,
    eu_contribution_amount: budget * 0.75,
    ...euro,
    sectors: random.several(2, () => random.pick(sectors)),
  });
  for (const theme of random.several(2, () => random.skewed(counts.Theme, 0.6)))
    add('project_theme', {
      project_id: world.id('Project', index),
      theme_id: world.id('Theme', theme),
      position: theme,
    });
  for (const [position, partner] of parts.entries())
    add('participation', {
      ...world.record('Participation', index, 'en', position),
      project_id: world.id('Project', index),
      partner_id: world.id('Partner', partner),
      role: position === 0 ? 'LEAD_PARTNER' : 'PARTNER',
      position,
      region_code: world.partner(partner).region.code,
      budget_amount: Math.round(budget / parts.length),
      budget_currency: 'EUR',
    });
}

/** A name that nobody can register (RFC 6761). */
export const sourceUrl = (index: number) => `https://source-${index + 1}.example/report`;

export function sourceRows(world: World, index: number, add: Add): void {
  const random = randomOf('Source', index);
  const published = year(random.whole(2009, 2024));
  add('source', {
    ...world.record('Source', index, 'en'),
    slug: world.slug('Source', index, 'report'),
    url: sourceUrl(index),
    title: `Report ${index + 1}: ${random.pick(en.things)} ${random.pick(en.audiences)}`,
    publisher: random.pick(en.organisations),
    kind: random.pick(['PAGE', 'NEWS', 'PUBLICATION', 'DATABASE_RECORD']),
    published: published.date,
    published_precision: published.precision,
    retrieved: today,
    status: 'LIVE',
  });
}
