import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { EntryError } from '../manifest.js';
import { slugOf } from '../record.inputs.js';
import { saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import type { GoodPracticeInput } from './good-practice.inputs.js';
import { Indicator } from './indicator.entity.js';

type Measured = Pick<GoodPracticeInput, 'slug' | 'language' | 'origin' | 'measurements'>;

/** An indicator has one unit: what practices beside these measure in, or else the first of these, holds for all. */
export async function clashingUnits(em: EntityManager, entries: Measured[]): Promise<EntryError[]> {
  const names = entries.flatMap(({ measurements }) => measurements.map(({ indicator }) => slugOf(indicator)));
  const { rows } = await sql<{ slug: string; unit: string }>`
    select i.slug, i.unit from indicator i where i.slug = any(${names}::text[]) and exists (
      select from measurement m join good_practice g on g.id = m.practice_id
      where m.indicator_id = i.id and g.slug <> all(${entries.map(({ slug }) => slug)}::text[]))`.execute(
    em.getKysely<unknown>(),
  );
  const units = new Map(rows.map(({ slug, unit }) => [slug, unit]));
  return entries.flatMap(({ measurements }, entry) =>
    measurements.flatMap(({ indicator, unit }, index) => {
      const agreed = units.get(slugOf(indicator)) ?? unit;
      units.set(slugOf(indicator), agreed);
      if (agreed === unit) return [];
      const message = `'${indicator}' is measured in ${agreed} elsewhere. Use that unit, or give the indicator a name of its own.`;
      return { entry, field: ['measurements', index, 'unit'], code: 'CONFLICT', message };
    }),
  );
}

/** Creates or updates the indicators that practices measure by; returns the id for a name. */
export async function saveIndicators(em: EntityManager, entries: Measured[]): Promise<(name: string) => string> {
  const named = entries.flatMap(({ language, origin, measurements }) =>
    measurements.map(({ indicator, unit }) => ({ slug: slugOf(indicator), name: indicator, unit, language, origin })),
  );
  const first = [...new Map(named.toReversed().map((row) => [row.slug, row])).values()];
  const { idOf } = await resolveWithSlugs(em, 'Indicator', first);
  await saveRecords(
    em,
    Indicator,
    first.map((row) => ({ ...row, id: idOf('Indicator', row.slug) })),
  );
  return (name) => idOf('Indicator', slugOf(name));
}
