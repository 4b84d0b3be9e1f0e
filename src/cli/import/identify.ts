import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../../graph/ids.js';
import { matchPartners } from '../../subgraphs/directory/partner-match.service.js';
import { records, type RecordTypeName } from '../../subgraphs/records.js';
import { shortened, type Fault } from './import-error.js';
import { kindNames } from './kinds.js';
import { columnsOf, type Mapping, type RecordReading } from './mapping-file.js';
import { freeSlugs } from './free-slugs.js';
import { isMeant, Reference, type Draft, type ReadRow } from './read-row.js';

/** A record that is stored already. */
export interface Stored {
  id: string;
  slug: string;
  origin: string;
  confidence: string;
  language: string;
  sourceUrl: string | null;
}

/** A draft that is known by its id. */
export interface Identified extends Draft {
  row: ReadRow;
  /** Tells records of a run apart. */
  identity: string;
  id: string;
  slug: string;
  stored: Stored | null;
  /** Whether it is another's record, which the row only refers to. */
  isMet: boolean;
}

/** Organisations that may be the same as one that was made all the same. */
export interface Candidates {
  row: number;
  name: string;
  /** The one that was made. */
  slug: string;
  candidates: readonly string[];
  reason: string;
}

export interface Identities {
  drafts: Identified[];
  faults: Fault[];
  candidates: Candidates[];
  /** Records that were found under another id than their key gives them: remembered for good. */
  matches: { id: string; partnerId: string }[];
}

export interface Identifying {
  em: EntityManager;
  mapping: Mapping;
  /** The address of the mapping's source. */
  sourceUrl: string | null;
}

/** Finds out which records the drafts of some rows are, kind by kind as they refer to each other, and names them. */
export async function identify(rows: readonly ReadRow[], identifying: Identifying): Promise<Identities> {
  const made: Identities = { drafts: [], faults: [], candidates: [], matches: [] };
  const ofRow = new Map<ReadRow, Identified[]>();
  for (const readings of together(identifying.mapping.records)) {
    const drafts = rows.flatMap((row) =>
      row.drafts.filter((draft) => readings.includes(draft.reading)).map((draft) => ({ row, draft })),
    );
    const named = drafts.map(({ row, draft }) => {
      const known = ofRow.get(row) ?? [];
      return { ...draft, row, entry: resolved(draft.entry, draft, known) as Draft['entry'], key: keyOf(draft, known) };
    });
    const found =
      readings[0]?.kind.name === 'participation'
        ? await participations(identifying, named)
        : await keyed(identifying, named, made);
    for (const each of found) ofRow.set(each.row, [...(ofRow.get(each.row) ?? []), each]);
    made.drafts.push(...found);
  }
  return made;
}

/**
 * Records one after the other as they refer to each other; but organisations of whatever name in the mapping at once, for
 * a coordinator of one row may be a partner in the next.
 */
function together(readings: readonly RecordReading[]): RecordReading[][] {
  const inOrder = readings.toSorted((a, b) => kindNames.indexOf(a.kind.name) - kindNames.indexOf(b.kind.name));
  const first = inOrder.find(({ kind }) => kind.name === 'partner');
  const partners = inOrder.filter(({ kind }) => kind.name === 'partner');
  return inOrder.flatMap((each) => (each.kind.name !== 'partner' ? [[each]] : each === first ? [partners] : []));
}

type Named = Draft & { row: ReadRow };

/** A value with the slugs of the records that it refers to. */
function resolved(value: unknown, { item }: Draft, known: readonly Identified[]): unknown {
  if (value instanceof Reference) return known.find((each) => isMeant(each, value.record, item))?.slug ?? null;
  if (Array.isArray(value)) return (value as unknown[]).map((each) => resolved(each, { item } as Draft, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, resolved(each, { item } as Draft, known)]),
  );
}

const keyOf = ({ key, item }: Draft, known: readonly Identified[]): readonly unknown[] | null =>
  key?.map((part) => (part instanceof Reference ? known.find((each) => isMeant(each, part.record, item))?.id : part)) ??
  null;

/** Records that are told by a key of the file, or by their slug. */
async function keyed(
  { em, mapping, sourceUrl }: Identifying,
  drafts: readonly Named[],
  made: Identities,
): Promise<Identified[]> {
  const [one] = drafts;
  if (one === undefined) return [];
  const { type, name } = one.reading.kind;
  const given = drafts.map((draft) => {
    const { key, entry } = draft;
    const slug = typeof entry['slug'] === 'string' ? entry['slug'] : null;
    const own = key ? seedId(records[type].prefix, `${mapping.namespace} ${JSON.stringify(key)}`) : null;
    return { draft, slug, own };
  });
  const ids = [...new Set(given.flatMap(({ own }) => own ?? []))];
  const matches = name === 'partner' ? await remembered(em, ids) : new Map<string, string>();
  const slugs = given.flatMap(({ own, slug }) => (own === null && slug !== null ? [slug] : []));
  let stored = await storedOnes(em, type, [...ids, ...matches.values()], slugs);
  if (name === 'partner') {
    const fresh = given.filter(({ own }) => own !== null && !matches.has(own) && !stored.has(own));
    const found = await matched(em, fresh as Fresh[], made);
    for (const [own, id] of found) matches.set(own, id);
    const outside = [...found.values()].filter((id) => !stored.has(id));
    if (outside.length > 0) stored = new Map([...stored, ...(await storedOnes(em, type, outside, []))]);
  }
  const free = await freeSlugs(em, type, given, (own) => matches.has(own) || stored.has(own));
  const identified = given.map(({ draft, slug, own }): Identified => {
    const known = own === null ? stored.get(slug ?? '') : stored.get(matches.get(own) ?? own);
    const id = (own === null ? known?.id : (matches.get(own) ?? own)) ?? seedId(records[type].prefix, slug ?? '');
    if (!known && draft.reading.fields.size === 0) made.faults.push(absent(draft));
    const isForeign = known !== undefined && own === null && known.sourceUrl !== sourceOf(draft, sourceUrl);
    return {
      ...draft,
      identity: own ?? id,
      id,
      slug: known?.slug ?? slug ?? free.get(own ?? '') ?? '',
      stored: known ?? null,
      isMet: isForeign || draft.reading.fields.size === 0 || (own !== null && matches.has(own)),
    };
  });
  // What another row of the same batch brings is not stored yet, so it has its slug from there.
  const slugById = new Map(identified.filter(({ isMet }) => !isMet).map(({ id, slug }) => [id, slug]));
  for (const { row, identity, slug } of identified)
    for (const each of made.candidates) if (each.row === row.row.number && each.slug === identity) each.slug = slug;
  return identified.map((each) =>
    each.slug === '' || !each.stored ? { ...each, slug: slugById.get(each.id) ?? each.slug } : each,
  );
}

/** What another source told is left as it is, unless the file's own keys say that the record is its own. */
const sourceOf = ({ entry }: Draft, sourceUrl: string | null): unknown => entry['source'] ?? sourceUrl;

/** A record without fields is only looked up. */
function absent({ row, reading, key }: Named): Fault {
  const columns = (reading.key ?? []).flatMap((spec) => columnsOf(spec));
  const expected = `A ${reading.name} that was imported under this key, into the same namespace. Import it first.`;
  return { row: row.row.number, column: columns.join(', '), expected, found: shortened((key ?? []).join(', ')) };
}

interface Fresh {
  draft: Named;
  own: string;
}

/** Which organisations are there already, by the ids that their keys would give them; tells those that may be. */
async function matched(em: EntityManager, fresh: readonly Fresh[], made: Identities): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const firsts = [...new Map(fresh.toReversed().map((each) => [each.own, each])).values()].toReversed();
  const named = firsts.map(({ draft: { entry } }) => ({
    // Many persons bear one name: they are found by their identifiers alone.
    name: entry['isNaturalPerson'] === true ? '' : String(entry['nameOriginal'] ?? ''),
    country: typeof entry['region'] === 'string' ? entry['region'].slice(0, 2) : null,
    identifiers: (Array.isArray(entry['identifiers']) ? entry['identifiers'] : []) as {
      scheme: string;
      value: string;
    }[],
  }));
  for (const [index, match] of (await matchPartners(em, named)).entries()) {
    const { own, draft } = firsts[index] as Fresh;
    const sameAs = match.kind === 'found' || match.sameAs === undefined ? undefined : firsts[match.sameAs]?.own;
    const id = match.kind === 'found' ? match.id : sameAs && (found.get(sameAs) ?? sameAs);
    if (id !== undefined) {
      found.set(own, id);
      made.matches.push({ id: own, partnerId: id });
    } else if (match.kind === 'candidates') {
      const told = match.candidates.map(({ slug, name }) => `${slug} (${name})`);
      const { reason } = match;
      const same = fresh.filter((each) => each.own === own);
      if (match.isNew && draft.reading.candidates === 'create')
        made.candidates.push({
          row: draft.row.row.number,
          name: String(draft.entry['nameOriginal']),
          slug: own,
          candidates: told,
          reason,
        });
      else made.faults.push(...same.map((each) => doubt(each.draft, told, reason)));
    }
  }
  return found;
}

function doubt({ row, reading, entry }: Named, candidates: readonly string[], reason: string): Fault {
  const expected = `An organisation that is there for sure, or is not. ${reason} Name or number it as ${candidates.join(' or ') || 'one of them'} is.`;
  const column = reading.fields.get('nameOriginal')?.spec.column ?? '';
  return { row: row.row.number, column, expected, found: shortened(entry['nameOriginal'] ?? '') };
}

/** The organisations that keys were found to mean, in this import or one before. */
async function remembered(em: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; partnerId: string }>`
    select id, partner_id as "partnerId" from import_match where id = any(${ids}::text[])`.execute(
    em.getKysely<unknown>(),
  );
  return new Map(rows.map(({ id, partnerId }) => [id, partnerId]));
}

/** The stored records with these ids or slugs, by both. */
async function storedOnes(
  em: EntityManager,
  type: RecordTypeName,
  ids: readonly string[],
  slugs: readonly string[],
): Promise<ReadonlyMap<string, Stored>> {
  if (ids.length + slugs.length === 0) return new Map();
  const { rows } = await sql<Stored>`
    select id, slug, origin, confidence, language, source_url as "sourceUrl" from ${sql.table(records[type].table)}
    where id = any(${ids}::text[]) or slug = any(${slugs}::text[])`.execute(em.getKysely<unknown>());
  return new Map(rows.flatMap((row) => [[row.id, row] as const, [row.slug, row] as const]));
}

/** Parts in projects, which are told by the project, the partner and the role. */
async function participations({ em, sourceUrl }: Identifying, drafts: readonly Named[]): Promise<Identified[]> {
  const keys = drafts.map(
    ({ entry }) => `${String(entry['project'])}/${String(entry['partner'])}/${String(entry['role'])}`,
  );
  const { rows } = await sql<Stored & { key: string }>`
    select c.id, concat_ws('/', j.slug, o.slug, c.role) as key, '' as slug, c.origin, c.confidence, c.language,
      c.source_url as "sourceUrl"
    from participation c join project j on j.id = c.project_id join partner o on o.id = c.partner_id
    where j.slug = any(${drafts.map(({ entry }) => entry['project'])}::text[])
      and o.slug = any(${drafts.map(({ entry }) => entry['partner'])}::text[])`.execute(em.getKysely<unknown>());
  const stored = new Map(rows.map((row) => [row.key, row]));
  return drafts.map((draft, index) => {
    const identity = keys[index] as string;
    const known = stored.get(identity) ?? null;
    const id = known?.id ?? seedId(records.Participation.prefix, identity);
    return {
      ...draft,
      identity,
      id,
      slug: '',
      stored: known,
      isMet: known !== null && known.sourceUrl !== sourceOf(draft, sourceUrl),
    };
  });
}
