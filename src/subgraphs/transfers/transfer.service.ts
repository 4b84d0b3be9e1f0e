import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { currentVersion } from '../directory/region.fields.js';
import { columnsOf, dateIn, moneyIn, named, type Lie } from '../entry.columns.js';
import { figuresOf, figureSources } from '../figure.service.js';
import type { Change, EntryError } from '../manifest.js';
import { resolveWithSlugs } from '../reference.service.js';
import { keysOf, Saving, type Row } from '../saving.service.js';
import { outcomes } from './outcome.service.js';
import { saveHistories } from './status-change.service.js';
import { Transfer } from './transfer.entity.js';
import { transferFields } from './transfer.fields.js';
import type { TransferInput } from './transfer.inputs.js';

const references = {
  owner: 'Partner',
  practices: 'GoodPractice',
  origins: 'Region',
  originPlaces: 'Place',
  destination: 'Region',
  destinationPlace: 'Place',
  receiver: 'Partner',
  project: 'Project',
  policyInstrument: 'PolicyInstrument',
} as const;

const edges = ['practices', 'origins', 'originPlaces'] as const;
const single = ['owner', 'destination', 'destinationPlace', 'receiver', 'project', 'policyInstrument'] as const;

/** How an entry lies in the columns of its transfer. */
export const transferColumns: Lie = {
  practices: null,
  origins: null,
  originPlaces: null,
  earlier: null,
  statusNote: null,
  outcomes: null,
  mainSource: null,
  source: named('sourceUrl'),
  start: dateIn('startDate'),
  end: dateIn('endDate'),
  funding: moneyIn('funding'),
};

/** An entry, or what is changed of one. A transfer that its owner enters needs no project. */
type Told = Omit<Change<TransferInput>, 'project'> & { project?: string | null; owner?: string | null };

/**
 * Creates or updates transfers by slug, with their history and outcomes; one that is no longer listed stays, and so does
 * what a change leaves out. Saves nothing when an entry is wrong.
 */
export async function saveTransfers(
  em: EntityManager,
  entries: readonly (TransferInput | Told)[],
): Promise<EntryError[]> {
  const told: Told[] = entries.map((entry) => ({ ...entry }));
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Transfer', told, references);
  const measured = told.map((entry) => ({
    ...entry,
    figures: entry.outcomes,
    page: entry.source ?? entry.mainSource,
  }));
  const figures = await figuresOf(em, outcomes, measured);
  errors.push(...(await strayPlaces(em, told)), ...figures.errors);
  if (errors.length > 0) return errors;
  const transfers = measured.map((entry) => ({ ...entry, id: idOf('Transfer', entry.slug) }));
  const saving = new Saving(em);
  await saving.nameSources(figureSources(transfers).concat(transfers.flatMap(keysOf)), transfers[0]?.origin);
  const rows = transfers.map(({ figures: _figures, page: _page, ...transfer }) => ({
    ...columnsOf(transfer, transferColumns),
    ...Object.fromEntries(
      single.flatMap((name) => {
        const key = transfer[name];
        return key === undefined ? [] : [[name, idOf(references[name], key)]];
      }),
    ),
    id: transfer.id,
  }));
  await saving.records(Transfer, rows as Row<Transfer>[], isNew);
  for (const edge of edges)
    saving.link(
      transferFields.edges[edge],
      transfers.flatMap(({ id, [edge]: keys }) =>
        keys ? [{ id, targets: keys.map((key) => idOf(references[edge], key)) }] : [],
      ),
    );
  await saveHistories(em, transfers, (id) => saving.isNew(id));
  await figures.save(saving, transfers);
  await saving.end();
  return [];
}

interface Named {
  entry: number;
  field: (string | number)[];
  place: string;
  within: readonly string[];
}

/** Places that lie outside the regions that their entry names; a place of unknown region is believed. */
async function strayPlaces(em: EntityManager, entries: readonly Told[]): Promise<EntryError[]> {
  const places = entries.flatMap(({ originPlaces = [], origins, destinationPlace, destination }, entry): Named[] => [
    ...(origins
      ? originPlaces.map((place, at) => ({ entry, field: ['originPlaces', at], place, within: origins }))
      : []),
    ...(destinationPlace && destination
      ? [{ entry, field: ['destinationPlace'], place: destinationPlace, within: [destination] }]
      : []),
  ]);
  if (places.length === 0) return [];
  const keys = places.map(({ place }) => place);
  const codes = places.flatMap(({ within }) => within);
  const { rows } = await sql<{ id: string; slug: string; code: string; paths: Record<string, string>; path: string }>`
    select p.id, p.slug, r.code, r.path,
      (select coalesce(jsonb_object_agg(k.key, c.path), '{}') from region c cross join lateral (values (c.code), (c.id)) k (key)
        where c.code_version = ${currentVersion} and k.key = any(${codes}::text[])) as paths
    from place p join region r on r.id = p.region_id
    where p.slug = any(${keys}::text[]) or p.id = any(${keys}::text[])`.execute(em.getKysely<unknown>());
  const regionOf = new Map(rows.flatMap((row) => [[row.slug, row] as const, [row.id, row] as const]));
  return places.flatMap(({ entry, field, place, within }) => {
    const region = regionOf.get(place);
    const isInside = within.some((code) => {
      const path = region?.paths[code];
      return path === undefined || region?.path.startsWith(path) === true;
    });
    if (!region || isInside) return [];
    const message = `'${place}' lies in ${region.code}, which is not inside ${within.join(' or ')}. Correct one of them.`;
    return [{ entry, field, code: 'CONFLICT', message }];
  });
}
