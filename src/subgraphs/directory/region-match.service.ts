import type { EntityManager } from '@mikro-orm/postgresql';
import { countryNames, folded } from './country-names.fields.js';
import {
  codesLike,
  countries,
  regionsCoded,
  regionsLike,
  regionsNamed,
  type AskedName,
  type NamedRow,
} from './region-match.loaders.js';

/** A region as a file names it: by a code of any version, or by a name in one of its languages. The code goes first. */
export interface NamedRegion {
  code?: string;
  name?: string;
  /** The country that it lies in, as `Region.countryCode`; null where nobody says. */
  country?: string | null;
  /** 0 is a country; left out, any level. */
  level?: number;
}

export type RegionMatch =
  | { kind: 'found'; id: string; code: string }
  /** Several, or one that is not so for sure: codes of today. */
  | { kind: 'candidates'; codes: string[] }
  | { kind: 'none'; reason: string };

/** From this share of both the area and the population on, an old region is the one of today that it went into. */
const nearlyAll = 0.95;

/**
 * Finds the regions of today that a file names: by a code, one of an older version leading to what it became, else by a name
 * in any language of the region, its Latin or its English one; countries also by what they are called in other languages.
 * Each statement is asked once for all, and only where the ones before left something open.
 */
export async function matchRegions(em: EntityManager, regions: readonly NamedRegion[]): Promise<RegionMatch[]> {
  const matches: RegionMatch[] = regions.map(() => ({ kind: 'none', reason: 'Neither a code nor a name is given.' }));
  await byCode(em, regions, matches);
  const left = () =>
    regions.flatMap(({ name = '', country = null, level = null }, index) =>
      matches[index]?.kind === 'none' && folded(name) !== '' ? [{ index, name, country, level }] : [],
    );
  if (left().length > 0) await byName(em, left(), matches);
  if (left().length > 0) await byCountryName(em, left(), matches);
  if (left().length > 0) await byLikeness(em, left(), matches);
  return matches;
}

async function byCode(em: EntityManager, regions: readonly NamedRegion[], matches: RegionMatch[]): Promise<void> {
  const codes = regions.map(({ code }) => (code === undefined ? '' : codeOf(code)));
  const asked = [...new Set(codes.filter((code) => code !== ''))];
  if (asked.length === 0) return;
  const rows = Map.groupBy(await regionsCoded(em, asked), ({ asked: code }) => code);
  for (const [index, code] of codes.entries()) {
    if (code === '') continue;
    const { country = null } = regions[index] ?? {};
    const match = ofCode(code, rows.get(code) ?? []);
    // A code in another country than the row says: one of them is a slip of the pen.
    const lies = match.kind === 'found' && country !== null && !match.code.startsWith(country);
    matches[index] = lies ? { kind: 'candidates', codes: [match.code] } : match;
  }
}

/** As Eurostat writes it: `gr30` is EL30. */
const codeOf = (code: string): string =>
  code
    .replaceAll(/[\s.-]/g, '')
    .toUpperCase()
    .replace(/^GR/, 'EL')
    .replace(/^GB/, 'UK');

type CodedRow = Awaited<ReturnType<typeof regionsCoded>>[number];

function ofCode(code: string, rows: readonly CodedRow[]): RegionMatch {
  const [current] = rows.filter(({ isCurrent }) => isCurrent);
  if (current) return { kind: 'found', id: current.id, code: current.code };
  const steps = rows.flatMap(({ version, successor }) => (successor === null ? [] : [{ version, ...successor }]));
  const versions = [...Map.groupBy(steps, ({ version }) => version).values()];
  const heirs = versions.map((each) => each.filter(({ weight }) => weight >= nearlyAll).map(({ id }) => id));
  const [first] = steps.filter(({ id }) => heirs.every((each) => each.length === 1 && each[0] === id));
  if (first) return { kind: 'found', id: first.id, code: first.code };
  if (steps.length > 0) return { kind: 'candidates', codes: [...new Set(steps.map((step) => step.code))].toSorted() };
  return { kind: 'none', reason: `No version of NUTS that is known here has the code '${code}'.` };
}

async function byName(em: EntityManager, asked: readonly AskedName[], matches: RegionMatch[]): Promise<void> {
  for (const [index, rows] of Map.groupBy(await regionsNamed(em, asked), (row) => row.index))
    matches[index] = ofName(rows);
}

async function byCountryName(em: EntityManager, asked: readonly AskedName[], matches: RegionMatch[]): Promise<void> {
  const known = await countries(em);
  for (const { index, name, level } of asked) {
    const country = known.find(({ iso }) => (level ?? 0) === 0 && countryNames(iso).has(folded(name)));
    if (country) matches[index] = { kind: 'found', id: country.id, code: country.code };
  }
}

async function byLikeness(em: EntityManager, asked: readonly AskedName[], matches: RegionMatch[]): Promise<void> {
  for (const { index, name, country } of asked) {
    const place = country === null ? '' : ` of ${country}`;
    matches[index] = { kind: 'none', reason: `No region${place} has the name '${name}'.` };
  }
  for (const [index, rows] of Map.groupBy(await regionsLike(em, asked), (row) => row.index))
    matches[index] = { kind: 'candidates', codes: codesLike(rows) };
}

/** One region, or several of one name that are the same area, of which the smallest stands for all. */
function ofName(rows: readonly NamedRow[]): RegionMatch {
  const chain = rows.toSorted((one, other) => one.level - other.level);
  const last = chain.at(-1);
  const isOne = chain.every(({ id, children }, at) => {
    const next = chain[at + 1];
    return next === undefined || (next.parentId === id && children === 1);
  });
  return last && isOne
    ? { kind: 'found', id: last.id, code: last.code }
    : { kind: 'candidates', codes: rows.map(({ code }) => code) };
}
