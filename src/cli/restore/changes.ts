import type { Client } from '../bulk/copy.js';
import type { FileShape } from '../export/shape.js';

/** Ids that are read at once. */
const batchSize = 10_000;

/** Tells those who follow changes that each record is new, and whether everyone sees it. */
export async function tellChanges(client: Client, shapes: readonly FileShape[]): Promise<void> {
  for (const { table } of shapes.filter(({ isRecord }) => isRecord)) {
    await tellOpen(client, table);
    await client.query(`insert into change (record_id, version, kind, origin)
      select id, version, 'CREATED', origin from ${table} t
      where not exists (select from change c where c.record_id = t.id) order by id`);
  }
}

/** What everyone sees is what the policies show to everyone: read by their role, and told by the owner of the tables. */
async function tellOpen(client: Client, table: string): Promise<void> {
  await client.query('set local role goodgraph_public');
  await client.query(`declare seen no scroll cursor for select id from ${table} order by id`);
  await client.query('set local role none');
  for (;;) {
    const { rows } = await client.query<{ id: string }>(`fetch ${batchSize} from seen`);
    if (rows.length === 0) break;
    await client.query(
      `insert into change (record_id, version, kind, is_open, origin)
        select id, version, 'CREATED', true, origin from ${table} where id = any($1::text[]) order by id`,
      [rows.map(({ id }) => id)],
    );
  }
  await client.query('close seen');
}
