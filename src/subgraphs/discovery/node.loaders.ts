import { sql } from 'kysely';
import type { Read } from '../../graph/context.js';
import { prefixOf } from '../../graph/ids.js';
import { oneBy } from '../../graph/loaders.js';
import { records } from '../records.js';

interface NodeRow {
  __typename: string;
  id: string;
}

const byPrefix = new Map(
  Object.entries(records).map(([type, { prefix, table }]) => [prefix as string, { type, table }]),
);

const rowsOf = (type: string, table: string, ids: string[]) =>
  sql`select ${type}::text as "__typename", t.id from ${sql.table(table)} t where t.id = any(${ids}::text[])`;

/** Which of the asked ids the viewer may see, whatever their types, in one statement a batch. */
export function nodeLoaders(read: Read) {
  return {
    nodeById: oneBy<NodeRow>(
      read,
      async (ids) => {
        const queries = [...Map.groupBy(ids, prefixOf)].flatMap(([prefix, group]) => {
          const record = byPrefix.get(prefix);
          return record ? [rowsOf(record.type, record.table, group)] : [];
        });
        return queries.length === 0 ? [] : read(sql<NodeRow>`${sql.join(queries, sql` union all `)}`);
      },
      (row) => row.id,
    ),
  };
}
