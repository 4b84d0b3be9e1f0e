import { fileURLToPath } from 'node:url';
import { geographyOf, type Region } from '../../src/cli/bench/geography.js';
import { countsFor, worldOf } from '../../src/cli/bench/world.js';
import { execute, type TestDatabase } from '../support/database.js';
import { jsonLines, type Judgements, type Question } from './question.js';

/**
 * Practices that `bench seed` makes, judged by what it made them from: number of the thing and of the audience in its phrase
 * book, regions, sectors and keywords, themes. Nothing of this depends on an engine.
 *
 * 3  all that is asked for holds, and the practice can be read in the language of the question: as it was written, or in
 *    a translation
 * 1  all holds, but it is told in other languages only; or it can be read and is the thing that is asked for, and one of the
 *    rest does not hold
 * A question that nothing answers in full is left out: which of its parts matters more, nobody has said.
 */
interface Asks {
  /** What is looked for, and for whom: numbers of `things` and `audiences`. */
  thing: number;
  audience?: number;
  /** A NUTS code; the practice is at work in it or below. */
  region?: string;
  /** Among its sectors or keywords. */
  sector?: string;
  /** The first word of a theme of its own or of one above. */
  theme?: string;
}

type Asking = Question & { asks: Asks };

/** Enough that a question has some answers, and few enough that they are there in seconds. */
export const generatedPractices = 2_000;

const file = fileURLToPath(new URL('generated/queries.jsonl', import.meta.url));
const where = { origin: { eq: 'DEMONSTRATION' }, type: { eq: 'GOOD_PRACTICE' } };

export const generatedQuestions = (): Asking[] => jsonLines<Asking>(file).map((each) => ({ ...each, where }));

interface Facts {
  page: string;
  thing: number;
  audience: number;
  languages: string[];
  regions: string[];
  words: string[];
  themes: string[];
}

const factsSql = `
  select g.id, 'practices/' || g.slug as page,
    array(select g.language union select x.language from translation x where x.record_id = g.id and x.field = 'title') as languages,
    array(select r.code from good_practice_region j join region r on r.id = j.region_id where j.good_practice_id = g.id) as regions,
    g.sectors || g.keywords as words,
    array(select lower(split_part(h.label, ' ', 1)) from good_practice_theme j join theme h on h.id = j.theme_id
      where j.good_practice_id = g.id) as themes
  from good_practice g where g.publication_status = 'PUBLISHED' and g.origin = 'DEMONSTRATION'`;

async function factsOf(database: TestDatabase): Promise<Facts[]> {
  const regions = await execute<Region>(
    database,
    `select id, code, name_latin as name, country_code as country from region
      where scheme in ('NUTS', 'SR') and code_version = 2024 order by code`,
  );
  const world = worldOf(countsFor(generatedPractices), geographyOf(regions));
  const rows = await execute<Omit<Facts, 'thing' | 'audience'> & { id: string }>(database, factsSql);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return Array.from({ length: generatedPractices }, (_, index) => index).flatMap((index) => {
    const row = byId.get(world.id('GoodPractice', index));
    return row === undefined ? [] : [{ ...row, ...world.practice(index) }];
  });
}

function gradeOf(facts: Facts, { asks, language = 'en' }: Asking): number {
  const { thing, audience, region, sector, theme } = asks;
  const rest = [
    audience === undefined || facts.audience === audience,
    region === undefined || facts.regions.some((code) => code.startsWith(region)),
    sector === undefined || facts.words.includes(sector),
    theme === undefined || facts.themes.includes(theme),
  ];
  const isThing = facts.thing === thing;
  const missing = rest.filter((holds) => !holds).length;
  const isReadable = facts.languages.includes(language);
  if (!isThing || missing > 1) return 0;
  if (missing === 0) return isReadable ? 3 : 1;
  return isReadable ? 1 : 0;
}

export async function generatedJudgements(database: TestDatabase): Promise<Judgements> {
  const practices = await factsOf(database);
  return new Map(
    generatedQuestions().map((question) => {
      const graded = practices.map((facts) => [facts.page, gradeOf(facts, question)] as const);
      const answers = new Map(graded.filter(([, grade]) => grade > 0));
      return [question.id, [...answers.values()].includes(3) ? answers : new Map<string, number>()];
    }),
  );
}
