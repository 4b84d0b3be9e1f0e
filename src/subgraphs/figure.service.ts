import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import { seedId } from '../graph/ids.js';
import type { FigureInput } from './figure.inputs.js';
import type { EntryError } from './manifest.js';
import { Indicator } from './practices/indicator.entity.js';
import type { Confidence, Origin } from './record.fields.js';
import { slugOf } from './record.inputs.js';
import { dateColumns, numbered } from './record.service.js';
import { records } from './records.js';
import { mixture } from './reference.service.js';
import type { Row, Saving } from './saving.service.js';

/** What has figures, as far as they need it; one that leaves them out keeps those it has. */
export interface Measured {
  slug: string;
  /** Where its figures come from unless they say otherwise. */
  page: string | null | undefined;
  confidence: Confidence;
  origin: Origin;
  language: string;
  figures: FigureInput[] | undefined;
}

/** Figures of one kind. */
export interface FigureKind<Figure> {
  type: 'Measurement' | 'Outcome';
  entity: EntityClass<Figure>;
  /** The field of an entry that lists them. */
  field: string;
  /** The property of a figure that names whose it is. */
  whole: keyof Figure & string;
  /** Whether others than the entries with these slugs measure by an indicator `i`, so that its unit holds. */
  elsewhere: (slugs: readonly string[]) => RawBuilder<unknown>;
}

interface KnownIndicator {
  id: string;
  slug: string;
  unit: string;
  origin: Origin;
  /** Whether others measure by it, so that its unit holds. */
  isFixed: boolean;
}

/** The figures that entries list: what is wrong with them, and what stores them once it is known that nothing is. */
export interface Figures<Entry> {
  errors: EntryError[];
  /**
   * Makes the figures of these entries those that they list; one that is no longer listed is deleted. Their records are
   * stored before.
   */
  save(saving: Saving, entries: readonly (Entry & { id: string })[]): Promise<void>;
}

/** Holds the figures of these entries against their indicators, by one statement. */
export async function figuresOf<Figure extends { id: string }, Entry extends Measured>(
  em: EntityManager,
  kind: FigureKind<Figure>,
  entries: readonly Entry[],
): Promise<Figures<Entry>> {
  const known = await indicatorsOf(em, kind, entries);
  return {
    errors: [...clashingUnits(kind, known, entries), ...mixedOrigins(kind, known, entries)],
    save: async (saving, stored) => {
      const measured = stored.filter(({ figures }) => figures !== undefined);
      await saveIndicators(saving, known, measured);
      const rows = figureRows(kind, known, measured);
      const wholes = measured.map(({ id }) => id).filter((id) => !saving.isNew(id));
      const ids = rows.map(({ id }) => id);
      if (wholes.length > 0)
        await em.nativeDelete(kind.entity, { [kind.whole]: { $in: wholes }, id: { $nin: ids } } as never);
      const added = new Set(rows.filter(({ whole }) => saving.isNew(whole)).map(({ id }) => id));
      await saving.records(
        kind.entity,
        rows.map(({ whole, ...row }) => ({ ...row, [kind.whole]: whole }) as unknown as Row<Figure>),
        (id) => added.has(id),
      );
    },
  };
}

/** The indicators that figures name, by their slugs. Editors do not see all who measure by one: the database does. */
async function indicatorsOf<Figure>(
  em: EntityManager,
  { elsewhere }: FigureKind<Figure>,
  entries: readonly Measured[],
): Promise<Map<string, KnownIndicator>> {
  const slugs = entries.flatMap(({ figures = [] }) => figures.map(({ indicator }) => slugOf(indicator)));
  if (slugs.length === 0) return new Map();
  const { rows } = await sql<KnownIndicator>`select i.id, i.slug, i.unit, i.origin,
      (${elsewhere(entries.map(({ slug }) => slug))})
        or (goodgraph_viewer_role() = 'PARTNER' and not goodgraph_indicator_is_own(i.id)) as "isFixed"
    from goodgraph_indicators_named(${slugs}::text[]) i`.execute(em.getKysely<unknown>());
  return new Map(rows.map((row) => [row.slug, row]));
}

/** An indicator has one unit: what others measure it in, or else the first of these, holds for all. */
function clashingUnits(
  { field }: { field: string },
  known: ReadonlyMap<string, KnownIndicator>,
  entries: readonly Measured[],
): EntryError[] {
  const units = new Map<string, string>();
  for (const { slug, unit, isFixed } of known.values()) if (isFixed) units.set(slug, unit);
  return entries.flatMap(({ figures = [] }, entry) =>
    figures.flatMap(({ indicator, unit }, index) => {
      const agreed = units.get(slugOf(indicator)) ?? unit;
      units.set(slugOf(indicator), agreed);
      if (agreed === unit) return [];
      const message = `'${indicator}' is measured in ${agreed} elsewhere. Use that unit, or give the indicator a name of its own.`;
      return { entry, field: [field, index, 'unit'], code: 'CONFLICT', message };
    }),
  );
}

/** Figures that are made up do not measure by real indicators, nor real ones by indicators that are made up. */
function mixedOrigins(
  { field }: { field: string },
  known: ReadonlyMap<string, KnownIndicator>,
  entries: readonly Measured[],
): EntryError[] {
  return entries.flatMap(({ figures = [], origin }, entry) =>
    figures.flatMap(({ indicator }, index) => {
      const found = known.get(slugOf(indicator));
      const isMadeUp = origin === 'DEMONSTRATION';
      if (!found || isMadeUp === (found.origin === 'DEMONSTRATION')) return [];
      const message = mixture(isMadeUp, 'indicator', found.slug);
      return { entry, field: [field, index, 'indicator'], code: 'CONFLICT', message };
    }),
  );
}

const idOf = (known: ReadonlyMap<string, KnownIndicator>, name: string): string =>
  known.get(slugOf(name))?.id ?? seedId(records.Indicator.prefix, slugOf(name));

/** Creates or updates the indicators that nobody else measures by, with the pages of their figures as their sources. */
async function saveIndicators(
  saving: Saving,
  known: ReadonlyMap<string, KnownIndicator>,
  entries: readonly Measured[],
): Promise<void> {
  const named = entries.flatMap(({ language, origin, page, figures = [] }) =>
    figures.map(({ indicator, unit, source: own }) => ({
      row: { id: idOf(known, indicator), slug: slugOf(indicator), name: indicator, unit, language, origin },
      source: own ?? page ?? null,
    })),
  );
  const open = named.filter(({ row }) => known.get(row.slug)?.isFixed !== true);
  const indicators = [...Map.groupBy(open, ({ row }) => row.slug).values()].flatMap((same) => {
    const [sourceUrl, ...furtherSources] = new Set(same.flatMap(({ source }) => source ?? []));
    return same.slice(0, 1).map(({ row }) => ({ ...row, sourceUrl: sourceUrl ?? null, furtherSources }));
  });
  const stored = new Set([...known.values()].map(({ id }) => id));
  if (indicators.length > 0) await saving.records(Indicator, indicators, (id) => !stored.has(id));
}

/** Every slug or address of a source that figures and their entries name. */
export const figureSources = (entries: readonly Measured[]): string[] =>
  entries.flatMap(({ page, figures = [] }) => [
    ...(page ? [page] : []),
    ...figures.flatMap((figure) => figure.source ?? []),
  ]);

/**
 * The columns of all figures of these entries, and whose they are. A figure is as sure as its entry, and from the same
 * source unless it names its own.
 */
function figureRows<Entry extends Measured & { id: string }>(
  { type }: { type: 'Measurement' | 'Outcome' },
  known: ReadonlyMap<string, KnownIndicator>,
  entries: readonly Entry[],
) {
  return entries.flatMap((entry) => {
    const { figures = [] } = entry;
    const keys = numbered(figures.map(({ indicator }) => `${entry.slug}/${slugOf(indicator)}`));
    return figures.map(({ indicator, unit: _unit, direction: _direction, on, source, ...more }, position) => ({
      ...more,
      ...dateColumns('achievedOn', on),
      whole: entry.id,
      id: seedId(records[type].prefix, keys[position] as string),
      indicator: idOf(known, indicator),
      position,
      sourceUrl: source ?? entry.page ?? null,
      confidence: entry.confidence,
      origin: entry.origin,
      language: entry.language,
    }));
  });
}
