import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { currentVersion } from '../directory/region.fields.js';
import type { EntryError } from '../manifest.js';
import { dateColumns, moneyColumns, provenance, saveEdges, saveRecords } from '../record.service.js';
import { resolveWithSlugs } from '../reference.service.js';
import { clashingOutcomes, saveOutcomes } from './outcome.service.js';
import { saveHistories } from './status-change.service.js';
import { Transfer } from './transfer.entity.js';
import { transferFields } from './transfer.fields.js';
import type { TransferInput } from './transfer.inputs.js';

const references = {
  practices: 'GoodPractice',
  origins: 'Region',
  originPlaces: 'Place',
  destination: 'Region',
  destinationPlace: 'Place',
  receiver: 'Partner',
  project: 'Project',
  policyInstrument: 'PolicyInstrument',
} as const;

/**
 * Creates or updates transfers by slug, with their history and outcomes; one that is no longer listed stays. Saves
 * nothing when an entry is wrong.
 */
export async function saveTransfers(em: EntityManager, entries: TransferInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveWithSlugs(em, 'Transfer', entries, references);
  errors.push(...(await strayPlaces(em, entries)), ...(await clashingOutcomes(em, entries)));
  if (errors.length > 0) return errors;
  const transfers = entries.map((entry) => ({ ...entry, id: idOf('Transfer', entry.slug) }));
  const rows = transfers.map((transfer) => ({
    ...columnsOf(transfer),
    destination: idOf('Region', transfer.destination),
    destinationPlace: idOf('Place', transfer.destinationPlace),
    receiver: idOf('Partner', transfer.receiver),
    project: idOf('Project', transfer.project),
    policyInstrument: idOf('PolicyInstrument', transfer.policyInstrument),
  }));
  await saveRecords(em, Transfer, rows);
  for (const edge of ['practices', 'origins', 'originPlaces'] as const) {
    const edges = transfers.map((transfer) => ({
      id: transfer.id,
      targets: transfer[edge].map((key) => idOf(references[edge], key)),
    }));
    await saveEdges(em, transferFields.edges[edge], edges);
  }
  await saveHistories(em, transfers);
  await saveOutcomes(em, transfers);
  return [];
}

/** An entry's own columns, without its parts and edges. */
function columnsOf({
  practices: _practices,
  origins: _origins,
  originPlaces: _originPlaces,
  earlier: _earlier,
  statusNote: _statusNote,
  outcomes: _outcomes,
  start,
  end,
  funding,
  ...entry
}: TransferInput & { id: string }) {
  return {
    ...provenance(entry),
    ...dateColumns('startDate', start),
    ...dateColumns('endDate', end),
    ...moneyColumns('funding', funding),
  };
}

/** Places that lie outside the regions that their entry names; a place of unknown region is believed. */
async function strayPlaces(em: EntityManager, entries: TransferInput[]): Promise<EntryError[]> {
  const named = entries.flatMap((entry, index) => [
    ...entry.originPlaces.map((place, at) => ({ index, field: ['originPlaces', at], place, within: entry.origins })),
    ...(entry.destinationPlace === null
      ? []
      : [{ index, field: ['destinationPlace'], place: entry.destinationPlace, within: [entry.destination] }]),
  ]);
  if (named.length === 0) return [];
  const slugs = named.map(({ place }) => place);
  const codes = named.flatMap(({ within }) => within);
  const { rows } = await sql<{ place: string; code: string; paths: Record<string, string>; path: string }>`
    select p.slug as place, r.code, r.path,
      (select coalesce(jsonb_object_agg(c.code, c.path), '{}') from region c
        where c.code_version = ${currentVersion} and c.code = any(${codes}::text[])) as paths
    from place p join region r on r.id = p.region_id where p.slug = any(${slugs}::text[])`.execute(
    em.getKysely<unknown>(),
  );
  const regionOf = new Map(rows.map((row) => [row.place, row]));
  return named.flatMap(({ index, field, place, within }) => {
    const region = regionOf.get(place);
    if (
      !region ||
      within.some((code) => region.paths[code] === undefined || region.path.startsWith(region.paths[code]))
    )
      return [];
    const message = `'${place}' lies in ${region.code}, which is not inside ${within.join(' or ')}. Correct one of them.`;
    return [{ entry: index, field, code: 'CONFLICT', message }];
  });
}
