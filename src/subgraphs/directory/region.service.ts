import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../../graph/ids.js';
import type { EntryError } from '../manifest.js';
import { repeated } from '../record.service.js';
import { records } from '../records.js';
import { currentVersion } from './region.fields.js';
import type { CountryInput, EnglishNamesInput, RegionInput } from './region.inputs.js';

export const countriesFile = 'regions/countries.yaml';
export const englishFile = 'regions/english.yaml';

const countryOf = (code: string): string => code.slice(0, 2);
const parentOf = (code: string): string | null => (code.length > 2 ? code.slice(0, -1) : null);

/**
 * Saves the regions of the current version by one statement. `countries` say what their regions share, `english` gives
 * names to some. Regions that are no longer listed stay.
 */
export async function saveRegions(
  em: EntityManager,
  regions: RegionInput[],
  countries: CountryInput[],
  [english = {}]: EnglishNamesInput[],
): Promise<EntryError[]> {
  const byCode = new Map(countries.map((country) => [country.code, country]));
  const errors = [
    ...repeated(regions, 'code'),
    ...repeated(countries, 'code').map((error) => ({ ...error, file: countriesFile })),
    ...unplaced(regions, byCode),
    ...unlisted(regions, countries, english),
  ];
  if (errors.length > 0) return errors;
  await upsert(
    em,
    regions.flatMap((region) => rowOf(region, byCode.get(countryOf(region.code)), english)),
  );
  return [];
}

/** Regions without their parent or their country. */
function unplaced(regions: RegionInput[], countries: Map<string, CountryInput>): EntryError[] {
  const codes = new Set(regions.map(({ code }) => code));
  return regions.flatMap(({ code }, entry) => {
    const parent = parentOf(code);
    const error = { entry, field: ['code'], code: 'NOT_FOUND' };
    if (parent !== null && !codes.has(parent))
      return { ...error, missing: parent, message: `Its parent ${parent} is not in the file. Add a line for ${parent}, or correct the code.` };
    if (!countries.has(countryOf(code)))
      return { ...error, missing: countryOf(code), message: `Its country ${countryOf(code)} is not in ${countriesFile}. Add it there, or correct the code.` };
    return [];
  });
}

/** What countries and English names say of regions that are not listed. */
function unlisted(regions: RegionInput[], countries: CountryInput[], english: EnglishNamesInput): EntryError[] {
  const codes = new Set(regions.map(({ code }) => code));
  const error = (code: string) => ({ code: 'NOT_FOUND', missing: code, message: `No listed region has the code '${code}'. Correct it, or take it out.` });
  return [
    ...countries.flatMap(({ code }, entry) => (codes.has(code) ? [] : { ...error(code), file: countriesFile, entry, field: ['code'] })),
    ...Object.keys(english).flatMap((code) => (codes.has(code) ? [] : { ...error(code), file: englishFile, entry: 0, field: [code] })),
  ];
}

const idOf = (scheme: string, code: string): string => seedId(records.Region.prefix, `${scheme}:${currentVersion}:${code}`);

function rowOf({ code, nameLocal, nameLatin }: RegionInput, country: CountryInput | undefined, english: EnglishNamesInput) {
  if (country === undefined) return [];
  const parent = parentOf(code);
  const codes = Array.from(code.slice(1), (_, index) => code.slice(0, index + 2));
  return {
    id: idOf(country.scheme, code),
    scheme: country.scheme,
    code_version: currentVersion,
    code,
    level: code.length - 2,
    parent_id: parent && idOf(country.scheme, parent),
    path: `${[currentVersion, ...codes].join('/')}/`,
    country_code: country.code,
    iso_country_code: country.iso,
    name_local: nameLocal,
    name_latin: nameLatin ?? nameLocal,
    name_english: parent === null ? country.nameEnglish : (english[code] ?? null),
    group: country.group,
    designation_note: country.designationNote,
    source_note: `Eurostat: NUTS ${currentVersion} and statistical regions.`,
  };
}

/** One statement for all rows; a row that is stored as it should be is not touched. */
async function upsert(em: EntityManager, rows: ReturnType<typeof rowOf>[]): Promise<void> {
}
