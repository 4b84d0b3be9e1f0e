import { sql, type RawBuilder } from 'kysely';
import type { Read } from './context.js';
import { badCursor, readCursor, writeCursor } from './cursor.js';
import { BadInput } from './errors.js';
import { keyed, rowLimit, selectList, type Fields } from './fields.js';
import { checkWhere, filterOf, filterSql, speaksOf, withKey, type PathOf, type Reading, type Where } from './filter.js';
import { limits } from './limits.js';
import { loaderOf } from './loaders.js';
import { idsLoader } from './named.loaders.js';
import { telling } from './reads.js';

/** The arguments of a connection field, as clients send them (Relay's cursor connections specification). */
export interface ConnectionArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  where?: Where | null;
  orderBy?: string | null;
}

export interface Slice {
  size: number;
  backwards: boolean;
  cursor: string | null;
}

interface KeyedRow {
  parent: string;
  place: string[];
}

interface Rows<Row> {
  rows: (Row & KeyedRow)[];
  more: boolean;
}

/** One page of a list; each part is fetched when it is asked for, the rows once. Resolved by graphql's default resolver. */
export class Connection<Row> {
  constructor(
    private readonly fetchRows: () => Promise<Rows<Row>>,
    private readonly fetchCount: () => Promise<number>,
    private readonly slice: Slice,
    private readonly order: string,
  ) {}

  async nodes(): Promise<Row[]> {
    return (await this.fetchRows()).rows;
  }

  async edges(): Promise<{ node: Row; cursor: string }[]> {
    return (await this.fetchRows()).rows.map((node) => ({ node, cursor: this.cursorOf(node) }));
  }

  async pageInfo() {
    const { rows, more } = await this.fetchRows();
    const { backwards, cursor } = this.slice;
    const [first, last] = [rows.at(0), rows.at(-1)];
    return {
      hasNextPage: backwards ? cursor !== null : more,
      hasPreviousPage: backwards ? more : cursor !== null,
      startCursor: first ? this.cursorOf(first) : null,
      endCursor: last ? this.cursorOf(last) : null,
    };
  }

  async totalCount(): Promise<number> {
    return Math.min(await this.fetchCount(), limits.exactCount);
  }

  async totalCountIsExact(): Promise<boolean> {
    return (await this.fetchCount()) <= limits.exactCount;
  }

  private cursorOf(row: KeyedRow): string {
    return writeCursor({ order: this.order, values: row.place });
  }
}

/** Throws BAD_USER_INPUT for sizes and cursors that contradict each other or the limits. */
export function sliceOf({ first, after, last, before }: ConnectionArguments, longest: number = limits.page): Slice {
  if (first != null && last != null) throw new BadInput('Use `first` or `last`, not both.');
  if (after != null && before != null) throw new BadInput('Use `after` or `before`, not both.');
  if (last == null && before != null) throw new BadInput('`before` goes with `last`.');
  if (last != null && after != null) throw new BadInput('`after` goes with `first`.');
  const size = first ?? last ?? limits.pageDefault;
  if (size < 0 || size > longest)
    throw new BadInput(
      `\`${last == null ? 'first' : 'last'}: ${size}\` is not between 0 and ${longest}. Ask for less and follow \`pageInfo.endCursor\`.`,
    );
  return { size, backwards: last != null, cursor: after ?? before ?? null };
}

interface Plan {
  fields: Fields;
  parent: RawBuilder<unknown> | null;
  /** `keyed` for the first page below a parent; empty for what depends on other values. */
  mark: RawBuilder<unknown>;
  condition: RawBuilder<unknown>;
  seek: RawBuilder<unknown>;
  order: RawBuilder<unknown>;
  place: RawBuilder<unknown>;
  size: number;
}

/** What a list is ordered by under this name, and under none: expressions over `t`, the id last. */
export function orderOf(fields: Fields, asked?: string | null): { name: string; by: string[]; descending: boolean } {
  const name = asked ?? Object.keys(fields.orders ?? {})[0] ?? '';
  const order = fields.orders?.[name];
  if (order === undefined) throw new Error(`${fields.type} declares no order '${name}'.`);
  return { name, descending: order.descending ?? false, by: [...order.by, 't.id'] };
}

async function planOf(
  fields: Fields,
  args: ConnectionArguments,
  orderName: string,
  slice: Slice,
  parent: string | null,
  { pathOf, idsOf }: Pick<Reading, 'pathOf' | 'idsOf'>,
): Promise<Plan> {
  const { by: texts, descending } = orderOf(fields, orderName);
  const by = texts.map((each) => sql.raw(each));
  const down = descending !== slice.backwards;
  const direction = sql.raw(down ? ' desc' : ' asc');
  const cursor = slice.cursor === null ? null : readCursor(slice.cursor, orderName, by.length);
  const where = args.where ?? {};
  const defaults = parent === null ? defaultsOf(fields, where) : [];
  // Of a record's own codes, only those that its root list holds must exist: other versions have others.
  const isCode = (field: string) => {
    const { kind, through } = fields.filters?.[field] ?? {};
    const isRootList = parent === null && defaults.length === Object.keys(fields.defaults ?? {}).length;
    return kind === 'tree' && (through !== undefined || isRootList);
  };
  const filter = await filterOf(where, { fields: fields.filters ?? {}, pathOf, idsOf, isCode });
  return {
    fields,
    parent: parent === null ? null : sql.raw(withKey(parent)),
    mark: parent !== null && cursor === null && Object.keys(where).length === 0 ? keyed : sql``,
    condition: sql.join([filterSql(fields.filters ?? {}, filter), ...defaults], sql` and `),
    seek: cursor ? sql`(${sql.join(by)}) ${sql.raw(down ? '<' : '>')} (${sql.join(cursor.values)})` : sql`true`,
    order: sql.join(by.map((each) => sql`${each}${direction}`)),
    place: sql`array[${sql.join(by.map((each) => sql`(${each})::text`))}]`,
    size: slice.size,
  };
}

/** What narrows a root list that does not speak of it; below a parent the parent decides. */
function defaultsOf(fields: Fields, where: Where): RawBuilder<unknown>[] {
  return Object.entries(fields.defaults ?? {}).flatMap(([field, text]) =>
    speaksOf(where, field) ? [] : [sql.raw(text)],
  );
}

/** One page per parent in one statement: a lateral join asks each parent for its own first rows. */
function pageSql(plan: Plan, keys: readonly string[]) {
  const rows = sql`select ${selectList(plan.fields)}, ${plan.place} as "place" from ${sql.table(plan.fields.table)} t
    where ${plan.condition} and ${plan.seek} and ${plan.parent ?? sql`true`} order by ${plan.order} limit ${plan.size + 1}`;
  return sql<KeyedRow>`${plan.mark}select k.key as "parent", p.* from unnest(${keys}::text[]) with ordinality k(key, n)
    cross join lateral (${rows}) p order by k.n${rowLimit}`;
}

function countSql(plan: Plan, keys: readonly string[]) {
  return sql<{
    parent: string;
    count: number;
  }>`${plan.mark}select k.key as "parent", c.count::int from unnest(${keys}::text[]) k(key)
    cross join lateral (select count(*) from (select from ${sql.table(plan.fields.table)} t
      where ${plan.condition} and ${plan.parent ?? sql`true`} limit ${limits.exactCount + 1}) counted) c`;
}

/**
 * A connection for one list of the declaration: `of(args, parentId)`. Parents asked with equal arguments in the same
 * tick share one statement for their rows and one for their counts. `parent` names one of the declaration's parents;
 * null is the root list.
 */
export function connectionsOf<Row>(read: Read, fields: Fields, parent: string | null, pathOf: PathOf) {
  const condition = parent === null ? null : (fields.parents?.[parent] ?? null);
  const idsOf = idsLoader(read);
  const shared = new Map<string, ReturnType<typeof loadersFor>>();

  function loadersFor(args: ConnectionArguments, orderName: string, slice: Slice) {
    const plan = planOf(fields, args, orderName, slice, condition, { pathOf, idsOf });
    // The caller awaits the loaders; until then a refused argument must not count as unhandled.
    plan.catch(() => undefined);
    const rows = loaderOf<string, Rows<Row>>(read, async (keys) => {
      const found = Map.groupBy(
        await read(pageSql(await plan, keys)).catch(slice.cursor === null ? rethrow : refuseCursor),
        (row) => row.parent,
      );
      return keys.map((key) => cut((found.get(key) ?? []) as (Row & KeyedRow)[], slice));
    });
    const counts = loaderOf<string, number>(read, async (keys) => {
      const found = new Map((await read(countSql(await plan, keys))).map((row) => [row.parent, row.count]));
      return keys.map((key) => found.get(key) ?? 0);
    });
    return { rows, counts };
  }

  const of = (args: ConnectionArguments, parentId = ''): Connection<Row> => {
    const slice = sliceOf(args, read.page);
    if (args.where) checkWhere(args.where);
    const { name: orderName } = orderOf(fields, args.orderBy);
    const key = JSON.stringify(args);
    const loaders = shared.get(key) ?? loadersFor(args, orderName, slice);
    shared.set(key, loaders);
    return new Connection(
      () => loaders.rows.load(parentId),
      () => loaders.counts.load(parentId),
      slice,
      orderName,
    );
  };
  return telling(of, { list: fields, parent });
}

function rethrow(error: unknown): never {
  throw error;
}

/** SQLSTATE class 22: a value of the cursor does not fit its column, so no list of ours made it. 22021 is about text. */
function refuseCursor(error: unknown): never {
  const codes = [error, (error as Error | undefined)?.cause].map((each) =>
    String((each as { code?: unknown } | undefined)?.code),
  );
  if (codes.some((code) => code.startsWith('22') && code !== '22021')) throw badCursor('This');
  throw error;
}

function cut<Row>(rows: Row[], { size, backwards }: Slice): { rows: Row[]; more: boolean } {
  const page = rows.slice(0, size);
  return { rows: backwards ? page.toReversed() : page, more: rows.length > size };
}
