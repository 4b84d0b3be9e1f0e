import type { Client } from '../bulk/copy.js';

/** A column, as PostgreSQL's catalogue has it. */
export interface CatalogueColumn {
  table: string;
  name: string;
  /** Without its modifiers: `numeric`, not `numeric(18,2)`. */
  type: string;
  isRequired: boolean;
  /** Whether the role that was asked for may read it. */
  isReadable: boolean;
  /** Its place in the primary key, from 1; null outside of it. */
  keyPlace: number | null;
  /** The table whose `id` it holds. */
  refersTo: string | null;
  /** The table that a foreign key of several columns leads to, of which it is the first. */
  leadsTo: string | null;
}

/** The columns that hold what somebody wrote, of every table there is, in their order. */
export async function catalogueOf(client: Client, role: string): Promise<Map<string, CatalogueColumn[]>> {
  const { rows } = await client.query<CatalogueColumn>(
    `select c.relname as "table", a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as "isRequired",
      has_column_privilege($1, c.oid, a.attnum, 'select') as "isReadable",
      array_position(p.conkey, a.attnum) as "keyPlace", single.relname as "refersTo", several.relname as "leadsTo"
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
      left join lateral (select t.relname from pg_constraint k join pg_class t on t.oid = k.confrelid
        where k.contype = 'f' and k.conrelid = c.oid and k.conkey = array[a.attnum] limit 1) single on true
      left join lateral (select t.relname from pg_constraint k join pg_class t on t.oid = k.confrelid
        where k.contype = 'f' and k.conrelid = c.oid and k.conkey[1] = a.attnum and cardinality(k.conkey) > 1 limit 1) several on true
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    order by c.relname, a.attnum`,
    [role],
  );
  return Map.groupBy(rows, ({ table }) => table);
}
