import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../../graph/ids.js';
import type { EntryError } from '../manifest.js';
import { Indicator } from '../practices/indicator.entity.js';
import { slugOf } from '../record.inputs.js';
import { dateColumns, saveRecords } from '../record.service.js';
import { records } from '../records.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Outcome } from './outcome.entity.js';
import type { TransferInput } from './transfer.inputs.js';

type Measured = TransferInput & { id: string };

/** The units of those of these indicators that practices, or transfers beside these, measure by: they hold. */
async function unitsElsewhere(em: EntityManager, entries: TransferInput[]): Promise<Map<string, string>> {
  const names = entries.flatMap(({ outcomes }) => outcomes.map(({ indicator }) => slugOf(indicator)));
  if (names.length === 0) return new Map();
  const { rows } = await sql<{ slug: string; unit: string }>`
    select i.slug, i.unit from indicator i where i.slug = any(${names}::text[])
      and (exists (select from measurement m where m.indicator_id = i.id)
        or exists (select from outcome o join transfer t on t.id = o.transfer_id
          where o.indicator_id = i.id and t.slug <> all(${entries.map(({ slug }) => slug)}::text[])))`.execute(
    em.getKysely<unknown>(),
  );
  return new Map(rows.map(({ slug, unit }) => [slug, unit]));
}

/** An indicator has one unit, whoever measures by it: what is stored, or else the first of these, holds for all. */
export async function clashingOutcomeUnits(em: EntityManager, entries: TransferInput[]): Promise<EntryError[]> {
  const units = await unitsElsewhere(em, entries);
  return entries.flatMap(({ outcomes }, entry) =>
    outcomes.flatMap(({ indicator, unit }, index) => {
      const agreed = units.get(slugOf(indicator)) ?? unit;
      units.set(slugOf(indicator), agreed);
      if (agreed === unit) return [];
      const message = `'${indicator}' is measured in ${agreed} elsewhere. Use that unit, or give the indicator a name of its own.`;
      return { entry, field: ['outcomes', index, 'unit'], code: 'CONFLICT', message };
    }),
  );
}

/** Creates or updates the indicators that nobody else measures by; returns the id for a name. */
async function saveIndicators(em: EntityManager, transfers: Measured[]): Promise<(name: string) => string> {
  const fixed = await unitsElsewhere(em, transfers);
  const named = transfers.flatMap(({ language, origin, outcomes }) =>
    outcomes.map(({ indicator, unit }) => ({ slug: slugOf(indicator), name: indicator, unit, language, origin })),
  );
  const first = [...new Map(named.toReversed().map((row) => [row.slug, row])).values()];
  const { idOf } = await resolveWithSlugs(em, 'Indicator', first);
  const own = first.filter(({ slug }) => !fixed.has(slug));
  await saveRecords(
    em,
    Indicator,
    own.map((row) => ({ ...row, id: idOf('Indicator', row.slug) })),
  );
  return (name) => idOf('Indicator', slugOf(name));
}

/** Makes the outcomes of these transfers those that they list; one that is no longer listed is deleted. */
export async function saveOutcomes(em: EntityManager, transfers: Measured[]): Promise<void> {
  const indicatorOf = await saveIndicators(em, transfers);
  const rows = transfers.flatMap((transfer) => rowsOf(transfer, indicatorOf));
  const [ids, transferIds] = [rows, transfers].map((list) => list.map(({ id }) => id));
  await em.nativeDelete(Outcome, { transfer: { $in: transferIds }, id: { $nin: ids } });
  await saveRecords(em, Outcome, rows);
}

/** A figure is as sure as its transfer, and from the same source unless it names its own. */
function rowsOf(
  { id, slug, source, confidence, origin, language, outcomes }: Measured,
  indicatorOf: (name: string) => string,
) {
  return outcomes.map(({ indicator, unit: _unit, on, source: ownSource, ...figures }, position) => ({
    ...figures,
    ...dateColumns('achievedOn', on),
    id: seedId(records.Outcome.prefix, `${slug}/${slugOf(indicator)}/${position}`),
    transfer: id,
    indicator: indicatorOf(indicator),
    position,
    sourceUrl: ownSource ?? source,
    confidence,
    origin,
    language,
  }));
}
