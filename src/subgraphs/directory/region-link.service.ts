import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { EntryError } from '../manifest.js';
import { repeated, resolve } from '../reference.service.js';
import type { RegionLinkInput } from './region-link.inputs.js';
import { currentVersion, type RegionGroup, type RegionScheme } from './region.fields.js';
import { countryOf, parentOf, placeOf, saveRegionRows } from './region.service.js';

const table = "the Joint Research Centre's table of NUTS codes between versions, release 2025.08";
const codeNote = `Code from ${table}, which has no names.`;
const prefixNote = `Code derived from those of level 3 that begin with it, from ${table}, which has no names.`;
const countryNote = `Code derived from those of level 3 that begin with it, from ${table}. Names as in NUTS ${currentVersion}.`;
const shareNote = `Shares of area and of population in 2021, worked out from ${table}.`;
const sumNote = `Shares of area and of population in 2021, summed up from level 3 of ${table}.`;

/** A region of level 3 is as listed; the levels above are its code shortened. */
const isListed = (code: string): boolean => code.length === 5;

/**
 * Saves the regions of an older version that links begin at, and the links: a statement each. A region that is no longer
 * listed stays; a link of a listed region goes when its line does.
 */
export async function saveRegionLinks(
  em: EntityManager,
  version: number,
  links: RegionLinkInput[],
): Promise<EntryError[]> {
  const source = `nuts-${version}-to-${currentVersion}`;
  const { errors, idOf } = await resolve(em, links, { to: 'Region' });
  const { errors: noSource, idOf: idOfSource } = await resolve(em, [{ source }], {});
  errors.push(...noSource);
  const countries = await storedCountries(em);
  errors.push(...repeated(links, 'from', 'to'), ...unplaced(links, countries), ...overfull(links));
  if (errors.length > 0) return errors;
  const regions = Array.from(new Set(links.map(({ from }) => from)), (code) =>
    rowOf(version, code, countries.get(countryOf(code)) as Country),
  );
  await saveRegionRows(em, regions, idOfSource('Source', source));
  const ids = new Map(regions.map(({ id, code }) => [code, id]));
  await saveLinks(
    em,
    links.map(({ from, to, area, population }) => ({
      from_id: ids.get(from),
      to_id: idOf('Region', to),
      weight_by_area: area,
      weight_by_population: population,
      confidence: 'DERIVED',
      source_note: isListed(from) ? shareNote : sumNote,
    })),
  );
  return [];
}

interface Country {
  code: string;
  scheme: RegionScheme;
  iso_country_code: string;
  name_local: string;
  name_latin: string;
  name_english: string | null;
  group: RegionGroup;
  designation_note: string | null;
}

/** The countries of the current version: what holds for them holds for their regions of older versions. */
async function storedCountries(em: EntityManager): Promise<Map<string, Country>> {
  const { rows } = await sql<Country>`
    select code, scheme, iso_country_code, name_local, name_latin, name_english, "group", designation_note
    from region where level = 0 and code_version = ${currentVersion}`.execute(em.getKysely<unknown>());
  return new Map(rows.map((row) => [row.code, row]));
}

/** A country keeps its names; those of other regions may have changed with the version, and are not known. */
function rowOf(version: number, code: string, country: Country) {
  const isCountry = code === country.code;
  return {
    ...placeOf(country.scheme, version, code),
    country_code: country.code,
    iso_country_code: country.iso_country_code,
    name_local: isCountry ? country.name_local : null,
    name_latin: isCountry ? country.name_latin : null,
    name_english: isCountry ? country.name_english : null,
    group: country.group,
    designation_note: country.designation_note,
    confidence: isListed(code) ? 'STATED' : 'DERIVED',
    source_note: isListed(code) ? codeNote : isCountry ? countryNote : prefixNote,
  };
}

/** Old regions without their parent or their country. */
function unplaced(links: RegionLinkInput[], countries: ReadonlyMap<string, unknown>): EntryError[] {
  const codes = new Set(links.map(({ from }) => from));
  return links.flatMap(({ from }, entry) => {
    const parent = parentOf(from);
    const error = { entry, field: ['from'], code: 'NOT_FOUND' as const };
    if (parent !== null && !codes.has(parent))
      return {
        ...error,
        missing: parent,
        message: `Its parent ${parent} is not in the file. Add a line for ${parent}, or correct the code.`,
      };
    if (!countries.has(countryOf(from)))
      return {
        ...error,
        missing: countryOf(from),
        message: `Its country ${countryOf(from)} is not one of NUTS ${currentVersion}. Correct the code.`,
      };
    return [];
  });
}

/** The last line of each old region whose shares make more than the whole of it, beyond what rounding explains. */
function overfull(links: RegionLinkInput[]): EntryError[] {
  const lines = links.map((link, entry) => ({ ...link, entry }));
  return [...Map.groupBy(lines, ({ from }) => from).values()].flatMap((parts) =>
    (['area', 'population'] as const).flatMap((field) => {
      const sum = parts.reduce((before, part) => before + (part[field] ?? 0), 0);
      const last = parts.at(-1);
      if (last === undefined || sum <= 1 + parts.length * 0.00005) return [];
      const message = `The shares of ${last.from} add up to ${sum.toFixed(4)}, which is more than the whole. Correct them.`;
      return { entry: last.entry, field: [field], code: 'INVALID', message };
    }),
  );
}

/** One statement: the links of these regions are the given ones, and a link that is stored so is not touched. */
async function saveLinks(em: EntityManager, rows: object[]): Promise<void> {
  await sql`
    with wanted as (
      select * from jsonb_populate_recordset(null::region_link, ${JSON.stringify(rows)}::jsonb)),
    gone as (
      delete from region_link l where l.from_id in (select from_id from wanted)
        and not exists (select from wanted w where w.from_id = l.from_id and w.to_id = l.to_id))
    insert into region_link as l select * from wanted
    on conflict (from_id, to_id) do update set weight_by_area = excluded.weight_by_area,
      weight_by_population = excluded.weight_by_population, confidence = excluded.confidence, source_note = excluded.source_note
    where l is distinct from excluded`.execute(em.getKysely<unknown>());
}
