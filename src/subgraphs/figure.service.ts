import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import { seedId } from '../graph/ids.js';
import type { FigureInput } from './figure.inputs.js';
import type { EntryError } from './manifest.js';
import { Indicator } from './practices/indicator.entity.js';
import type { Confidence, Origin } from './record.fields.js';
import { slugOf } from './record.inputs.js';
import { dateColumns, numbered, saveRecords } from './record.service.js';
import { records } from './records.js';
import { resolve, resolveWithSlugs } from './reference.service.js';

/** What has figures, as far as they need it. */
export interface Measured {
  slug: string;
  source: string;
  confidence: Confidence;
  origin: Origin;
  language: string;
  figures: FigureInput[];
}

/** Figures of one kind. */
export interface FigureKind {
  type: 'Measurement' | 'Outcome';
  /** The field of an entry that lists them. */
  field: string;
  /** Whether others than the entries with these slugs measure by an indicator `i`, so that its unit holds. */
  elsewhere: (slugs: readonly string[]) => RawBuilder<unknown>;
}

/** The units that hold already, by the indicator's slug. */
async function fixedUnits(
  em: EntityManager,
  { elsewhere }: FigureKind,
  entries: readonly Measured[],
): Promise<Map<string, string>> {
  const names = entries.flatMap(({ figures }) => figures.map(({ indicator }) => slugOf(indicator)));
  if (names.length === 0) return new Map();
  const { rows } = await sql<{ slug: string; unit: string }>`select i.slug, i.unit from indicator i
    where i.slug = any(${names}::text[]) and (${elsewhere(entries.map(({ slug }) => slug))})`.execute(
    em.getKysely<unknown>(),
  );
  return new Map(rows.map(({ slug, unit }) => [slug, unit]));
}

/** An error for each figure in another unit than its indicator has, or made up by a real indicator, or the reverse. */
export async function clashingFigures(
  em: EntityManager,
  kind: FigureKind,
  entries: readonly Measured[],
): Promise<EntryError[]> {
  return [...(await clashingUnits(em, kind, entries)), ...(await mixedOrigins(em, kind, entries))];
}

/** An indicator has one unit: what others measure it in, or else the first of these, holds for all. */
async function clashingUnits(em: EntityManager, kind: FigureKind, entries: readonly Measured[]): Promise<EntryError[]> {
  const units = await fixedUnits(em, kind, entries);
  return entries.flatMap(({ figures }, entry) =>
    figures.flatMap(({ indicator, unit }, index) => {
      const agreed = units.get(slugOf(indicator)) ?? unit;
      units.set(slugOf(indicator), agreed);
      if (agreed === unit) return [];
      const message = `'${indicator}' is measured in ${agreed} elsewhere. Use that unit, or give the indicator a name of its own.`;
      return { entry, field: [kind.field, index, 'unit'], code: 'CONFLICT', message };
    }),
  );
}

/** Figures that are made up do not measure by real indicators, nor real ones by indicators that are made up. */
async function mixedOrigins(em: EntityManager, kind: FigureKind, entries: readonly Measured[]): Promise<EntryError[]> {
  const figures = entries.flatMap(({ figures: own, origin }, entry) =>
    own.map(({ indicator }, index) => ({ indicator: slugOf(indicator), origin, entry, index })),
  );
  // An indicator that is not there yet becomes one.
  const toBe = new Map(figures.map(({ indicator }) => [`Indicator ${indicator}`, '']));
  const { errors } = await resolve(em, figures, { indicator: 'Indicator' }, toBe);
  return errors.flatMap((error) => {
    const figure = figures[error.entry];
    return figure ? { ...error, entry: figure.entry, field: [kind.field, figure.index, 'indicator'] } : [];
  });
}

/**
 * Creates or updates the indicators that nobody else measures by, with the pages of their figures as their sources;
 * returns the id for a name.
 */
async function saveIndicators(
  em: EntityManager,
  kind: FigureKind,
  entries: readonly Measured[],
): Promise<(name: string) => string> {
  const fixed = await fixedUnits(em, kind, entries);
  const named = entries.flatMap(({ language, origin, source, figures }) =>
    figures.map(({ indicator, unit, source: own }) => ({
      row: { slug: slugOf(indicator), name: indicator, unit, language, origin },
      source: own ?? source,
    })),
  );
  const bySlug = [...Map.groupBy(named, ({ row }) => row.slug).values()];
  const indicators = bySlug.flatMap((same) => {
    const [sourceUrl, ...furtherSources] = new Set(same.map(({ source }) => source));
    return same.slice(0, 1).map(({ row }) => ({ ...row, sourceUrl, furtherSources }));
  });
  const { idOf } = await resolveWithSlugs(em, 'Indicator', indicators);
  await saveRecords(
    em,
    Indicator,
    indicators.filter(({ slug }) => !fixed.has(slug)).map((row) => ({ ...row, id: idOf('Indicator', row.slug) })),
  );
  return (name) => idOf('Indicator', slugOf(name));
}

/**
 * The columns of all figures of these entries, with their entry. A figure is as sure as its entry, and from the same
 * source unless it names its own.
 */
export async function figureRows<Entry extends Measured>(
  em: EntityManager,
  kind: FigureKind,
  entries: readonly Entry[],
) {
  const indicatorOf = await saveIndicators(em, kind, entries);
  return entries.flatMap((entry) => {
    const keys = numbered(entry.figures.map(({ indicator }) => `${entry.slug}/${slugOf(indicator)}`));
    return entry.figures.map(({ indicator, unit: _unit, on, source, ...figures }, position) => {
      const columns = {
        ...figures,
        ...dateColumns('achievedOn', on),
        id: seedId(records[kind.type].prefix, keys[position] as string),
        indicator: indicatorOf(indicator),
        position,
        sourceUrl: source ?? entry.source,
        confidence: entry.confidence,
        origin: entry.origin,
        language: entry.language,
      };
      return { entry, columns };
    });
  });
}
