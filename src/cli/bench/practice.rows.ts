import { languages, phraseBook, type Language } from './phrase-book.js';
import { randomOf, type Random } from './random.js';
import { sectors, sourceUrl } from './directory.rows.js';
import { today, type Add, type Practice, type Row, type World } from './world.js';

const broad = ['Business', 'Skills', 'Heritage', 'Environment', 'Mobility', 'Health', 'Innovation', 'Communities'];
const narrow = ['support', 'finance', 'networks', 'training'];

/** Eight broad themes and four narrower ones below each. A broader one comes before what it takes in. */
export function themeRows(world: World, index: number, add: Add): void {
  const above = index < broad.length ? null : (index - broad.length) % broad.length;
  const label =
    above === null ? broad[index] : `${broad[above]} ${narrow[Math.floor((index - broad.length) / broad.length)]}`;
  add('theme', {
    ...world.record('Theme', index, 'en'),
    slug: world.slug('Theme', index, String(label)),
    scheme: 'GENERATED',
    notation: `G${index + 1}`,
    label,
    broader_id: above === null ? null : world.id('Theme', above),
  });
}

const indicators = [
  ['jobs created', 'jobs'],
  ['people trained', 'people'],
  ['firms supported', 'enterprises'],
  ['visitors a year', 'people'],
  ['growth of sales', 'percent'],
  ['private investment', 'EUR'],
  ['apprentices', 'people'],
  ['products developed', 'products'],
  ['energy saved', 'percent'],
  ['workshops held', 'workshops'],
  ['members', 'organisations'],
  ['satisfied participants', 'percent'],
] as const;

export function indicatorRows(world: World, index: number, add: Add): void {
  const [name, unit] = indicators[index] as (typeof indicators)[number];
  add('indicator', {
    ...world.record('Indicator', index, 'en'),
    slug: world.slug('Indicator', index, name),
    name,
    unit,
  });
}

/** The columns of a figure: most reach their target, some are far from it, some have none. */
export function figure(world: World, random: Random, position: number, from: string): Row {
  const indicator = random.skewed(indicators.length, 0.5);
  const isPercent = indicators[indicator]?.[1] === 'percent';
  const target = isPercent ? random.whole(10, 80) : random.whole(5, 900);
  const achieved = Math.round(target * (0.4 + random.unit()));
  return {
    indicator_id: world.id('Indicator', indicator),
    baseline: random.chance(0.6) ? Math.round(target * random.unit() * 0.4) : null,
    target: random.chance(0.8) ? target : null,
    achieved: isPercent ? Math.min(100, achieved) : achieved,
    achieved_on: from,
    achieved_on_precision: 'YEAR',
    qualifier: random.chance(0.8) ? 'EXACT' : random.pick(['ABOUT', 'MORE_THAN', 'LESS_THAN']),
    position,
  };
}

/** At most the 100 characters that a title may have. */
export function titleOf({ thing, audience, region }: Practice, language: Language): string {
  const { things, audiences } = phraseBook[language];
  const words = `${things[thing]} ${audiences[audience]}`;
  const place = ` – ${region.name}`;
  return words.length + place.length <= 100 ? words + place : words;
}

const firstOf = (year: number) => `${year}-01-01`;
const yearOrNull = (name: string, year: number | null): Row => ({
  [name]: year === null ? null : firstOf(year),
  [`${name}_precision`]: year === null ? null : 'YEAR',
});

/** How long it went on: some have ended, of the others it is known that they went on some years later. */
function course(random: Random, year: number): Row {
  const later = Math.min(2025, year + random.whole(1, 8));
  const hasEnded = random.chance(0.4);
  return {
    ...yearOrNull('start_date', year),
    ...yearOrNull('end_date', hasEnded ? later : null),
    is_ongoing: !hasEnded,
    ...yearOrNull('ongoing_as_of', hasEnded ? null : later),
  };
}

function validation(random: Random, year: number): Row {
  const level = random.pick(['NONE', 'NONE', 'PROJECT', 'PROJECT', 'EXPERT', 'LABEL', null]);
  const isGiven = level !== null && level !== 'NONE';
  return {
    validation_level: level,
    validated_by_text: isGiven ? 'A panel of the programme' : null,
    ...yearOrNull('validated_on', isGiven ? Math.min(2025, year + 2) : null),
  };
}

/** The texts of a practice, by column, in any language. */
function textsOf(index: number, practice: Practice, language: Language): Record<string, string> {
  const random = randomOf('GoodPractice texts', index);
  const { sentences } = phraseBook[language];
  const say = (...numbers: number[]) => numbers.map((number) => sentences[number]).join(' ');
  return {
    title: titleOf(practice, language),
    summary: say(random.whole(2, 5), random.whole(6, 9)),
    problem: say(random.whole(0, 1)),
    description: say(2, random.whole(3, 4), 5, random.whole(6, 7), 8),
    lessons_learnt: say(random.whole(8, 9)),
  };
}

const fieldOf: Record<string, string> = { lessons_learnt: 'lessonsLearnt' };

/** Translations of the first texts: into English nearly always, into another language now and then. */
function translations(world: World, random: Random, index: number, practice: Practice, add: Add): void {
  const wanted = new Set<Language>([
    ...(random.chance(0.7) ? (['en'] as const) : []),
    ...(random.chance(0.25) ? [random.pick(languages)] : []),
  ]);
  wanted.delete(practice.language);
  for (const language of wanted)
    for (const [column, text] of Object.entries(textsOf(index, practice, language)))
      if (column !== 'description')
        add('translation', {
          record_id: world.id('GoodPractice', index),
          field: fieldOf[column] ?? column,
          language,
          text,
          origin: language === 'en' ? 'HUMAN' : 'MACHINE',
        });
}

export function practiceRows(world: World, index: number, add: Add): void {
  const { counts, geography } = world;
  const practice = world.practice(index);
  const random = randomOf('GoodPractice details', index);
  const id = world.id('GoodPractice', index);
  const hasCost = random.chance(0.6);
  add('good_practice', {
    ...world.record('GoodPractice', index, practice.language),
    slug: world.slug('GoodPractice', index, titleOf(practice, 'en')),
    ...textsOf(index, practice, practice.language),
    owner_id: world.id('Partner', practice.partner),
    identified_in_id: random.chance(0.7) ? world.id('Project', random.skewed(counts.Project, 0.5)) : null,
    ...course(random, practice.year),
    cost_amount: hasCost ? random.whole(1, 80) ** 2 * 100 : null,
    cost_currency: hasCost ? 'EUR' : null,
    scope: random.pick(['LOCAL', 'LOCAL', 'REGIONAL', 'REGIONAL', 'NATIONAL', 'EUROPEAN', null]),
    maturity: random.pick(['PILOT', 'PROVEN', 'PROVEN', 'SCALED', 'DISCONTINUED', null]),
    sectors: random.several(random.whole(0, 3), () => random.pick(sectors)),
    keywords: random.several(random.whole(0, 4), () => random.pick(sectors)),
    transferability_rating: random.chance(0.5) ? random.whole(1, 5) : null,
    ...validation(random, practice.year),
    source_url: sourceUrl(index % counts.Source),
  });
  add('record_source', { record_id: id, source_id: world.id('Source', index % counts.Source), position: 0 });
  const regions = [practice.region, ...Array.from({ length: random.skewed(3, 0.6) }, () => geography.draw(random))];
  const wider = new Set(regions.map((region) => geography.widened(random, region).id));
  for (const [position, region_id] of [...wider].entries())
    add('good_practice_region', { good_practice_id: id, region_id, position });
  const themes = random.several(random.whole(1, 3), () => random.skewed(counts.Theme, 0.6));
  for (const [position, theme] of themes.entries())
    add('good_practice_theme', { good_practice_id: id, theme_id: world.id('Theme', theme), position });
  if (random.chance(0.2))
    add('good_practice_place', {
      good_practice_id: id,
      place_id: world.id('Place', random.skewed(counts.Place, 0.5)),
      position: 0,
    });
  if (index > 0 && random.chance(0.05))
    add('good_practice_inspiration', {
      practice_id: id,
      inspired_by_id: world.id('GoodPractice', random.whole(0, index - 1)),
      position: 0,
    });
  const figures = random.skewed(6, 0.2);
  for (let position = 0; position < figures; position += 1)
    add('measurement', {
      ...world.record('Measurement', index, practice.language, position),
      practice_id: id,
      ...figure(world, random, position, firstOf(Math.min(Number(today.slice(0, 4)), practice.year + 1 + position))),
    });
  translations(world, random, index, practice, add);
}
