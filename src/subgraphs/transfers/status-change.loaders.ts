import { sql } from 'kysely';
import type { Read } from '../../graph/context.js';
import { manyBy } from '../../graph/loaders.js';
import type { StatusChangeType } from './status-change.type.js';

/** Every status of a transfer, the first one first, one statement a batch. */
export function statusHistoryLoader(read: Read) {
  return manyBy<StatusChangeType & { key: string }>(
    read,
    (keys) =>
      read(sql<StatusChangeType & { key: string }>`
        select t.transfer_id as "key", t.status, t.changed_on as "on", t.changed_on_precision as "onPrecision", t.note,
          t.source_url as "sourceUrl", goodgraph_account_at(t.transfer_id, t.version) as account
        from transfer_status t where t.transfer_id = any(${keys}::text[]) order by t.transfer_id, t.position`),
    (row) => row.key,
  );
}
