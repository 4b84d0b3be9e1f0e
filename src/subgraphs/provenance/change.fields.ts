import type { FilterField } from '../../graph/fields.js';
import { originFilter } from '../record.fields.js';
import { records } from '../records.js';

/** What a follower has to do with its copy of a record. */
export const ChangeKind = { CREATED: 'CREATED', UPDATED: 'UPDATED', DELETED: 'DELETED' } as const;
export type ChangeKind = keyof typeof ChangeKind;

/** The types of records as the graph's enum names them, by how their ids begin. */
export const RecordKind: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(records).map(({ table, prefix }) => [table.toUpperCase(), prefix]),
);

/** Of changes, which are no records: they have no id, and one order. */
export const changeFields = {
  type: 'Change',
  filters: {
    type: {
      kind: 'key',
      enum: { RecordKind },
      sql: `split_part(t.record_id, '_', 1)`,
      description: 'What is followed, such as GOOD_PRACTICE alone.',
    },
    origin: {
      ...originFilter.origin,
      description:
        'How the changed record came in. Until this is said, what is made up for the demonstration is left out.',
    },
  },
} as const satisfies { type: string; filters: Record<string, FilterField> };

/** What is left out until `where` speaks of it. */
export const withoutMadeUp = `t.origin <> 'DEMONSTRATION'`;

/** One change, as everyone is told of it. */
export interface ChangeRow {
  recordId: string;
  version: number;
  kind: ChangeKind;
  at: string;
}
