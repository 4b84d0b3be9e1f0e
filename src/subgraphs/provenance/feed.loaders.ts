import { sql, type RawBuilder } from 'kysely';
import { settled } from '../../database/change.js';
import { sliceOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { badCursor, readCursor, writeCursor } from '../../graph/cursor.js';
import { Refusal } from '../../graph/errors.js';
import { checkWhere, filterOf, filterSql, speaksOf, type Where } from '../../graph/filter.js';
import { oneBy } from '../../graph/loaders.js';
import { changeFields, withoutMadeUp, type ChangeKind, type ChangeRow } from './change.fields.js';

/** So many changes are looked through for one page, however few of them match: `endCursor` leads behind them. */
export const lookedThrough = 10_000;

/** A place in the feed, all as text: a change by its transaction and number, and when it was, in microseconds of Unix time. */
interface Place {
  xid: string;
  id: string;
  micros: string;
}

export interface FeedArguments {
  since?: string | null;
  first?: number | null;
  where?: Where | null;
}

type Told = ChangeRow & Place;

/** The last row: where the changes that were looked through end, null where there were none. */
interface End extends Omit<Place, 'xid'> {
  kind: null;
  xid: string | null;
  lookedAt: number;
  isKnown: boolean;
}

const order = 'CHANGES';
const placeOf = ({ xid, id, micros }: Place) => writeCursor({ order, values: [xid, id, micros] });
const micros = (at: string) => sql.raw(`(extract(epoch from ${at}) * 1000000)::bigint::text`);

function readPlace(since: string): Place {
  const [xid = '', id = '', at = ''] = readCursor(since, order, 3).values;
  if (![xid, id, at].every((each) => /^-?\d{1,18}$/.test(each)) || xid.startsWith('-')) throw badCursor('This');
  return { xid, id, micros: at };
}

const isTold = sql.raw('(c.was_open or c.is_open)');

/** What everyone is told of changes: a page after a cursor, and whether a record is there to be read. */
export function feedLoaders(read: Read) {
  async function changesSince({ since, first, where }: FeedArguments) {
    if (where) checkWhere(where);
    const { size } = sliceOf({ first: first ?? null });
    if (since === 'now') return pageOf([], { endCursor: await now(read), hasNextPage: false });
    const place = since == null ? null : readPlace(since);
    const rows = await read(pageSql(place, size, await conditionOf(where ?? {})));
    const end = rows.find((row): row is End => row.kind === null);
    if (!end?.isKnown) throw expired();
    const told = rows.filter((row): row is Told => row.kind !== null);
    const page = told.slice(0, size);
    const last = told.length > size ? page.at(-1) : end.xid === null ? undefined : (end as Place);
    return pageOf(page, {
      startCursor: since ?? null,
      endCursor: last ? placeOf(last) : (since ?? null),
      hasNextPage: told.length > size || end.lookedAt === lookedThrough,
    });
  }
  return {
    changesSince,
    /** The ids of those records that the viewer may see. */
    seenById: oneBy<{ id: string }>(
      read,
      (ids) =>
        read(
          sql<{
            id: string;
          }>`select k.id from unnest(${ids}::text[]) k (id) where goodgraph_record_visible(k.id)`,
        ),
      ({ id }) => id,
    ),
  };
}

function pageOf(
  page: readonly Told[],
  { startCursor = null, ...info }: { startCursor?: string | null; endCursor: string | null; hasNextPage: boolean },
) {
  const edges = page.map((node) => ({ node, cursor: placeOf(node) }));
  const pageInfo = { ...info, hasPreviousPage: startCursor !== null, startCursor: edges[0]?.cursor ?? null };
  return { nodes: [...page], edges, pageInfo };
}

const expired = () =>
  new Refusal(
    'CURSOR_EXPIRED',
    'What followed this cursor is not kept any more, or it is of another database. Begin anew: ask for the cursor of `since: "now"`, read the lists, then follow from there.',
  );

async function conditionOf(where: Where): Promise<RawBuilder<unknown>> {
  const nothing = () => Promise.reject(new Error('Nothing of a change is named by a code.'));
  const { filters } = changeFields;
  const filter = await filterOf(where, { fields: filters, pathOf: nothing, idsOf: nothing, isCode: () => false });
  const told = filterSql(filters, filter);
  return speaksOf(where, 'origin') ? told : sql`${told} and ${sql.raw(withoutMadeUp)}`;
}

async function now(read: Read): Promise<string | null> {
  const [last] = await read(sql<Place>`select c.xid::text as "xid", c.id::text as "id", ${micros('c.at')} as "micros"
    from change c where ${isTold} and ${settled} order by c.xid desc, c.id desc limit 1`);
  return last ? placeOf(last) : null;
}

/** One more than the page, then where the search for them ended; all of it at one moment. */
function pageSql(place: Place | null, size: number, condition: RawBuilder<unknown>) {
  const after = place ? sql`(c.xid, c.id) > (${place.xid}::xid8, ${place.id}::bigint)` : sql`true`;
  const isKnown = place
    ? sql`exists (select from change c where ${isTold} and c.xid = ${place.xid}::xid8 and c.id = ${place.id}::bigint
        and ${micros('c.at')} = ${place.micros})`
    : sql`true`;
  return sql<Told | End>`
    with looked as not materialized (
      select c.xid, c.id, c.record_id, c.version, c.at, c.origin, c.was_open, c.is_open from change c
      where ${isTold} and ${after} and ${settled} order by c.xid, c.id limit ${lookedThrough}),
    told as materialized (
      select t.*, row_number() over (order by t.xid, t.id) as n from looked t where ${condition}
      order by t.xid, t.id limit ${size + 1})
    select t.n, t.xid::text as "xid", t.id::text as "id", ${micros('t.at')} as "micros", t.record_id as "recordId",
      t.version, t.at, ${kind} as "kind", null::int as "lookedAt", null::boolean as "isKnown" from told t
    union all
    select null, e.xid::text, e.id::text, ${micros('e.at')}, null, null, null, null, coalesce(e.count, 0)::int, ${isKnown}
    from (select count(*) as n from told) f left join lateral (
      select l.xid, l.id, l.at, count(*) over () as count from looked l where f.n <= ${size} order by l.xid desc, l.id desc limit 1
    ) e on true
    order by n nulls last`;
}

const kind = sql.raw(
  `case when not t.is_open then 'DELETED' when t.was_open then 'UPDATED' else 'CREATED' end`,
) as RawBuilder<ChangeKind>;
