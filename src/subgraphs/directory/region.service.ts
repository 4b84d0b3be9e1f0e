import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../../graph/ids.js';
import type { EntryError } from '../manifest.js';
import { recordSources } from '../record.fields.js';
import { saveEdges } from '../record.service.js';
import { repeated, resolve } from '../reference.service.js';
import { records } from '../records.js';
import { currentVersion, type RegionScheme } from './region.fields.js';
import type { CountryInput, EnglishNamesInput, RegionInput } from './region.inputs.js';

const eurostat = `Eurostat: NUTS ${currentVersion} and statistical regions.`;
/** The source of the list, by its slug in sources.yaml. */
const source = `nuts-${currentVersion}`;

export const countriesFile = 'regions/countries.yaml';
export const englishFile = 'regions/english.yaml';

export const countryOf = (code: string): string => code.slice(0, 2);
const codesOf = (list: { code: string }[]) => new Set(list.map(({ code }) => code));
export const parentOf = (code: string): string | null => (code.length > 2 ? code.slice(0, -1) : null);

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
  const { errors: noSource, idOf: idOfSource } = await resolve(em, [{ source }], {});
  const errors = [
    ...noSource,
    ...repeated(regions, 'code'),
    ...repeated(countries, 'code').map((error) => ({ ...error, file: countriesFile })),
    ...unplaced(regions, countries),
    ...unlisted(regions, countries, english),
  ];
  if (errors.length > 0) return errors;
  const byCountry = Map.groupBy(regions, ({ code }) => countryOf(code));
  const rows = countries.flatMap((country) =>
    (byCountry.get(country.code) ?? []).map((region) => rowOf(region, country, english)),
  );
  await saveRegionRows(em, rows, idOfSource('Source', source));
  return [];
}

/** Regions without their parent or their country. */
function unplaced(regions: RegionInput[], countries: CountryInput[]): EntryError[] {
  const codes = codesOf(regions);
  const countryCodes = codesOf(countries);
  return regions.flatMap(({ code }, entry) => {
    const parent = parentOf(code);
    const error = { entry, field: ['code'], code: 'NOT_FOUND' as const };
    if (parent !== null && !codes.has(parent))
      return {
        ...error,
        missing: parent,
        message: `Its parent ${parent} is not in the file. Add a line for ${parent}, or correct the code.`,
      };
    if (!countryCodes.has(countryOf(code)))
      return {
        ...error,
        missing: countryOf(code),
        message: `Its country ${countryOf(code)} is not in ${countriesFile}. Add it there, or correct the code.`,
      };
    return [];
  });
}

/** What countries and English names say of regions that are not listed. */
function unlisted(regions: RegionInput[], countries: CountryInput[], english: EnglishNamesInput): EntryError[] {
  const codes = codesOf(regions);
  const named = [
    ...countries.map(({ code }, entry) => ({ file: countriesFile, entry, field: ['code'], missing: code })),
    ...Object.keys(english).map((code) => ({ file: englishFile, entry: 0, field: [code], missing: code })),
  ];
  return named
    .filter(({ missing }) => !codes.has(missing))
    .map((error) => ({
      ...error,
      code: 'NOT_FOUND',
      message: `No region of the list has the code '${error.missing}'. Correct it, or take it out.`,
    }));
}

const idOf = (scheme: string, version: number, code: string): string =>
  seedId(records.Region.prefix, `${scheme}:${version}:${code}`);

/** The columns that follow from the code: a region lies in the one whose code is shorter by a character. */
export function placeOf(scheme: RegionScheme, version: number, code: string) {
  const parent = parentOf(code);
  const codes = Array.from(code.slice(1), (_, index) => code.slice(0, index + 2));
  return {
    id: idOf(scheme, version, code),
    scheme,
    code_version: version,
    code,
    level: code.length - 2,
    parent_id: parent && idOf(scheme, version, parent),
    path: `${[version, ...codes].join('/')}/`,
  };
}

function rowOf({ code, nameLocal, nameLatin }: RegionInput, country: CountryInput, english: EnglishNamesInput) {
  return {
    ...placeOf(country.scheme, currentVersion, code),
    country_code: country.code,
    iso_country_code: country.iso,
    name_local: nameLocal,
    name_latin: nameLatin ?? nameLocal,
    name_english: code === country.code ? country.nameEnglish : (english[code] ?? null),
    group: country.group,
    designation_note: country.designationNote,
    source_note:
      country.scheme === 'ISO3166'
        ? 'A country of ISO 3166-1 under the code that Eurostat writes; its regions are not kept.'
        : eurostat,
  };
}

interface RegionRow extends Record<string, unknown> {
  id: string;
  scheme: RegionScheme;
}

/**
 * One statement for all rows, in which one that is stored as it should be is not touched, and one for the links to
 * where they are from. Countries whose regions nobody lists are our own.
 */
export async function saveRegionRows(em: EntityManager, rows: RegionRow[], sourceId: string): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = (table: string) => sql.join(Object.keys(first).map((name) => sql.ref(`${table}.${name}`)));
  const names = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  await sql`
    insert into region (${names}) select ${names} from jsonb_populate_recordset(null::region, ${JSON.stringify(rows)}::jsonb)
    on conflict (id) do update set (${names}) = row (${columns('excluded')})
    where (${columns('region')}) is distinct from (${columns('excluded')})`.execute(em.getKysely<unknown>());
  const targets = (scheme: RegionScheme) => (scheme === 'ISO3166' ? [] : [sourceId]);
  await saveEdges(
    em,
    recordSources,
    rows.map(({ id, scheme }) => ({ id, targets: targets(scheme) })),
  );
}
