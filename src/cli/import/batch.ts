import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { EntryError } from '../../subgraphs/manifest.js';
import { entryOf, faultOf } from './entry.js';
import { identify, type Candidates, type Identified } from './identify.js';
import { shortened, type Fault, type Warning } from './import-error.js';
import { kindNames, type KindName } from './kinds.js';
import type { Mapping, Reading } from './mapping-file.js';
import type { PlaceNames } from './place-names.js';
import { columnsRead, NamedPlace, type ReadRow } from './read-row.js';
import { contentOf, type FirstSaid, type SeenRecords } from './seen.js';

/** What became of the records of some rows. */
export interface Stored {
  created: Map<KindName, number>;
  updated: Map<KindName, number>;
  /** Stored and told alike. */
  unchanged: Map<KindName, number>;
  /** Told of by another source, or under another name: left as they are. */
  met: Map<KindName, number>;
  candidates: Candidates[];
  /** What is stored all the same. */
  warnings: Warning[];
  /** To be remembered once it is stored. */
  seen: [identity: string, said: number][];
  entries: ReadonlyMap<string, Record<string, unknown>>;
}

export interface Storing {
  mapping: Mapping;
  sourceUrl: string | null;
  places: PlaceNames;
  seen: SeenRecords;
  firstSaid: FirstSaid;
}

/** Rows that cannot be stored: nothing of the batch is, until they are left out. */
export class FaultyRows extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super('Some rows cannot be stored.');
  }
}

/** A record that is saved, with what its schema made of it. */
export interface Saved {
  draft: Identified;
  entry: Record<string, unknown>;
}

/** Stores the records of some rows in the running transaction, through the services. Throws FaultyRows. */
export async function storeRows(em: EntityManager, rows: readonly ReadRow[], storing: Storing): Promise<Stored> {
  const { drafts, candidates, matches, unplaced } = await draftsOf(em, rows, storing);
  const { first, warnings, seen, entries } = firstOnes(drafts, storing);
  warnings.push(...unplaced, ...rows.flatMap((row) => row.warnings));
  const faults: Fault[] = [];
  const isTold = ({ reading }: Identified) => reading.fields.size > 0;
  const saved = new Map(
    first.filter(isTold).map((draft) => [draft, entryOf(draft, storing.mapping, { faults, warnings })] as const),
  );
  // Every row is held against what its fields take, be it the first that tells of a record or not.
  for (const draft of drafts.filter(isTold))
    if (!saved.has(draft)) entryOf(draft, storing.mapping, { faults, warnings: [] });
  if (faults.length > 0) throw new FaultyRows(faults);
  for (const kind of kindNames) {
    const ones = [...saved].flatMap(([draft, entry]) =>
      draft.reading.kind.name === kind && !draft.isMet && entry ? [{ draft, entry }] : [],
    );
    warnings.push(...(await save(em, ones, drafts)));
  }
  if (matches.length > 0)
    await sql`insert into import_match (id, partner_id)
      select id, "partnerId" from jsonb_to_recordset(${JSON.stringify(matches)}::jsonb) as m (id text, "partnerId" text)
      on conflict do nothing`.execute(em.getKysely<unknown>());
  return { ...(await counted(em, first)), candidates, warnings, seen, entries };
}

/** The records that some rows tell, with their regions and ids. Throws FaultyRows. */
export async function draftsOf(em: EntityManager, rows: readonly ReadRow[], { mapping, sourceUrl, places }: Storing) {
  const named = rows.flatMap((row) =>
    row.drafts.flatMap(({ entry }) => placesIn(entry).map((place) => ({ row, place }))),
  );
  await places.learn(
    em,
    named.map(({ place }) => place),
  );
  const faults: Fault[] = [];
  const unplaced: Warning[] = [];
  const placed = rows.map((row) => ({
    ...row,
    drafts: row.drafts.map((draft) => ({
      ...draft,
      entry: withCodes(draft.entry, { places, row: row.row.number, faults, unplaced }) as Record<string, unknown>,
    })),
  }));
  if (faults.length > 0) throw new FaultyRows(faults);
  const identified = await identify(placed, { em, mapping, sourceUrl });
  if (identified.faults.length > 0) throw new FaultyRows(identified.faults);
  return { ...identified, unplaced };
}

function placesIn(value: unknown): NamedPlace[] {
  if (value instanceof NamedPlace) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(placesIn) : [];
}

interface Placing {
  places: PlaceNames;
  row: number;
  faults: Fault[];
  unplaced: Warning[];
}

/** A value with the codes of the regions that it names. */
function withCodes(value: unknown, placing: Placing): unknown {
  if (value instanceof NamedPlace) return codeOf(value, placing);
  if (Array.isArray(value)) {
    const codes = (value as unknown[]).map((each) => withCodes(each, placing));
    return [...new Set(codes.filter((code, index) => code !== null || !(value[index] instanceof NamedPlace)))];
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withCodes(each, placing)]));
}

function codeOf(place: NamedPlace, { places, row, faults, unplaced }: Placing): string | null {
  const code = places.codeOf(place, row);
  if (typeof code === 'string') return code;
  if (!place.isOptional) faults.push(code);
  else unplaced.push({ ...code, about: `${code.column} ${code.found}` });
  return place.isOptional ? places.countryOf(place) : null;
}

/** Each record as the first row tells it; later rows that say otherwise are told. */
function firstOnes(drafts: readonly Identified[], { seen: known, firstSaid }: Storing) {
  const said = new Map<string, number>();
  const entries = new Map<string, Identified>();
  const warnings: Warning[] = [];
  const first = drafts.filter((draft) => {
    const { identity, isMet } = draft;
    const content = contentOf(draft.entry);
    const before = said.get(identity) ?? known.said(identity);
    if (before === undefined) {
      said.set(identity, content);
      entries.set(identity, draft);
    } else if (before !== content && !isMet)
      warnings.push(...contradictions(draft, entries.get(identity)?.entry ?? firstSaid.get(identity)));
    return before === undefined;
  });
  return { first, warnings, seen: [...said], entries: new Map([...entries].map(([key, { entry }]) => [key, entry])) };
}

/** What a row says of a record otherwise than the first one did, field by field as far as that is still known. */
function contradictions(draft: Identified, first: Record<string, unknown> | undefined): Warning[] {
  const { reading, row, item, identity, entry } = draft;
  const fields = [...reading.fields.keys()];
  const other = first && fields.filter((field) => JSON.stringify(first[field]) !== JSON.stringify(entry[field]));
  return (other ?? [null]).map((field): Warning => {
    const specs = field === null ? [...reading.fields.values()] : [reading.fields.get(field) as Reading];
    const columns = new Set(specs.flatMap(({ spec }) => columnsRead(spec, item)));
    const value = (whose: Record<string, unknown>) => shortened(field === null ? whose : (whose[field] ?? ''));
    const expected =
      first === undefined || field === null
        ? `The same of this ${reading.name} as an earlier row says, which stands.`
        : `${reading.name}.${field} '${value(first)}', as an earlier row says, which stands.`;
    const about = `${identity} ${field}`;
    return { row: row.row.number, column: [...columns].join(', '), expected, found: value(entry), about };
  });
}

/** Saves records of one kind. Throws FaultyRows with every row that tells of a faulty one in the same words. */
async function save(em: EntityManager, saved: readonly Saved[], all: readonly Identified[]): Promise<Warning[]> {
  const [one] = saved;
  if (one === undefined) return [];
  const told = await one.draft.reading.kind.save(
    em,
    saved.map(({ entry }) => entry),
  );
  const faults = told.flatMap((error) => {
    const { draft } = saved[error.entry] ?? one;
    const content = contentOf(draft.entry);
    const same = all.filter((each) => each.identity === draft.identity && contentOf(each.entry) === content);
    return (error.isWarning ? [draft] : same).map((each) => ({ error, fault: faultOf(each, issueOf(error)) }));
  });
  const refused = faults.filter(({ error }) => !error.isWarning).map(({ fault }) => fault);
  if (refused.length > 0) throw new FaultyRows(refused);
  return faults.map(({ fault }) => ({ ...fault, about: `${fault.column} ${fault.expected}` }));
}

const issueOf = ({ field, message }: EntryError) => ({ path: field, message });

/** How many of these records this transaction created and changed. */
async function counted(em: EntityManager, first: readonly Identified[]) {
  const ids = first.filter(({ isMet }) => !isMet).map(({ id }) => id);
  const { rows } = await sql<{ id: string; kind: 'CREATED' | 'UPDATED' }>`
    select record_id as id, min(kind) as kind from change
    where xid = pg_current_xact_id() and record_id = any(${ids}::text[]) group by 1`.execute(em.getKysely<unknown>());
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
  const counts = {
    created: new Map<KindName, number>(),
    updated: new Map<KindName, number>(),
    unchanged: new Map<KindName, number>(),
    met: new Map<KindName, number>(),
  };
  for (const { id, isMet, reading } of first) {
    const change = kinds.get(id);
    const count = isMet
      ? counts.met
      : change === 'CREATED'
        ? counts.created
        : change
          ? counts.updated
          : counts.unchanged;
    count.set(reading.kind.name, (count.get(reading.kind.name) ?? 0) + 1);
  }
  return counts;
}
