import type { Client, Row, Sheet } from './copy.js';

/** The tables of the graph while they are being filled. */
export interface Tables {
  /** Whether their inserts are changes that readers follow. */
  areRecords(table: string): boolean;
  /** How rows like this one are written. */
  sheet(table: string, row: Row): Sheet;
  copy(table: string): string;
  /** Makes everything again that was taken away, and checks it. `onShare` is told how much of it is done. */
  rebuild(onShare: (share: number) => void): Promise<void>;
}

/**
 * Makes ready for millions of rows. Indexes, keys and constraints are dropped, and made again at the end: over all rows at
 * once that costs a fraction, and a row that breaks one is found as well. Each table is emptied and filled again with the
 * few rows that it has: a table that is new in its transaction takes rows as frozen, and where nobody replicates without a
 * write-ahead log. Nobody reads the tables until the transaction ends; if it does not, all is as before. Triggers that
 * `rests` names do not fire meanwhile: the owner of the tables may do this, and it ends with the transaction.
 */
export async function prepareTables(client: Client, rests: (trigger: string) => boolean): Promise<Tables> {
  const tables = await tablesOf(client);
  const rebuild = await withoutKeys(client);
  for (const table of tables) await startAfresh(client, table, table.triggers.filter(rests));
  const byName = new Map(tables.map((table) => [table.name, table]));
  const sheets = new Map<string, Sheet>();
  return {
    areRecords: (name) => byName.get(name)?.triggers.includes('record_insert') ?? false,
    sheet: (name, row) => {
      let sheet = sheets.get(name);
      if (!sheet) {
        sheet = { columns: Object.keys(row), jsonColumns: new Set(byName.get(name)?.json) };
        sheets.set(name, sheet);
      }
      return sheet;
    },
    copy: (name) => `copy ${name} (${sheets.get(name)?.columns.map(quoted).join(', ')}) from stdin (freeze)`,
    rebuild: async (onShare) => {
      await rebuild(onShare);
      for (const { name, triggers, isForced } of tables) {
        for (const trigger of triggers.filter(rests))
          await client.query(`alter table ${name} enable trigger ${trigger}`);
        if (isForced) await client.query(`alter table ${name} force row level security`);
      }
    },
  };
}

/** `group` is a column's name too. */
const quoted = (name: string) => `"${name}"`;

interface Table {
  name: string;
  triggers: string[];
  /** Columns that hold what is written. */
  columns: string[];
  json: string[];
  /** Whether row-level security holds for its owner too. */
  isForced: boolean;
}

async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select relname as name, relforcerowsecurity as "isForced",
      array(select tgname::text from pg_trigger where tgrelid = c.oid and not tgisinternal) as triggers,
      array(select quote_ident(attname) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
        and attgenerated = '') as columns,
      array(select attname::text from pg_attribute where attrelid = c.oid and atttypid = 'jsonb'::regtype) as json
    from pg_class c where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname`);
  return rows;
}

/** Empties a table and fills it with what it held. */
async function startAfresh(client: Client, { name, columns, isForced }: Table, resting: string[]): Promise<void> {
  const list = columns.join(', ');
  // `copy` works where no policy stands before it; that of the owner lets everything through.
  if (isForced) await client.query(`alter table ${name} no force row level security`);
  await client.query(`alter table ${name} disable trigger user`);
  await client.query(`create temporary table held on commit drop as select ${list} from ${name}`);
  await client.query(`truncate ${name}`);
  await client.query(`insert into ${name} (${list}) overriding system value select ${list} from held`);
  await client.query('drop table held');
  await client.query(`alter table ${name} enable trigger user`);
  for (const trigger of resting) await client.query(`alter table ${name} disable trigger ${trigger}`);
}

/** The tables that triggers fill by their keys need these meanwhile. */
const filledByTriggers = String.raw`like '%\_search'`;

async function withoutKeys(client: Client): Promise<(onShare: (share: number) => void) => Promise<void>> {
  const { rows: constraints } = await client.query<{ table: string; name: string; definition: string }>(`
    select t.relname as table, quote_ident(conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class t on t.oid = k.conrelid
    where (k.contype = 'f' or k.contype in ('p', 'u') and t.relname not ${filledByTriggers})
      and t.relnamespace = current_schema()::regnamespace
    order by k.contype = 'f' desc, t.relname, conname`);
  for (const { table, name } of constraints) await client.query(`alter table ${table} drop constraint ${name}`);
  const { rows: indexes } = await client.query<{ name: string; definition: string; unique: boolean }>(`
    select quote_ident(c.relname) as name, pg_get_indexdef(c.oid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where c.relnamespace = current_schema()::regnamespace and not (indisunique and t.relname ${filledByTriggers})
    order by not indisunique, c.relname`);
  await client.query(`drop index ${indexes.map(({ name }) => name).join(', ')}`);
  // Keys come first, as others refer to them.
  const again = [
    ...constraints
      .toReversed()
      .map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
    ...indexes.map(({ definition }) => definition),
  ];
  return async (onShare) => {
    await client.query(`set local maintenance_work_mem = '256MB'`);
    for (const [index, statement] of again.entries()) {
      await client.query(statement);
      onShare((index + 1) / again.length);
    }
  };
}
