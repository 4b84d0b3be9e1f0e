import type { Fields } from '../../graph/fields.js';

export const RevisionKind = { CREATED: 'CREATED', UPDATED: 'UPDATED', DELETED: 'DELETED' } as const;
export type RevisionKind = keyof typeof RevisionKind;

/** A value of a change; the key of a record that the viewer may not see is not told. */
const shown = (index: number) =>
  `case when c.key not like '%\\_id' or goodgraph_record_visible(c.value ->> ${index}) then c.value ->> ${index} end`;

export const revisionFields = {
  type: 'Revision',
  table: 'revision',
  prefix: 'rev',
  columns: ['version', 'kind', 'at'],
  // Not the account that acted: `goodgraph_account_at` tells it to admins.
  readable: ['id', 'record_id', 'version', 'kind', 'changes', 'is_public', 'at'],
  computed: {
    changes: `(select coalesce(jsonb_agg(jsonb_build_object('column', c.key, 'before', ${shown(0)}, 'after', ${shown(1)})
      order by c.key), '[]') from jsonb_each(t.changes) c)::text`,
  },
  derived: {
    account: 'goodgraph_account_at(t.record_id, t.version)',
    note: 'goodgraph_note_at(t.record_id, t.version)',
    noteSource: 'goodgraph_note_source_at(t.record_id, t.version)',
  },
  filters: {
    at: { kind: 'date', sql: "(t.at at time zone 'UTC')::date", description: 'The day of the change, in UTC.' },
    kind: { kind: 'key', enum: 'RevisionKind', sql: 't.kind', description: 'What happened to the record.' },
  },
  orders: {
    NEWEST: { by: [], descending: true, description: 'The last change first.' },
    OLDEST: { by: [], description: 'The first change first.' },
  },
  parents: { record: 't.record_id = {key}' },
  sizes: {
    '*.revisions': 2,
    'Revision.changes': 1,
  },
  maxAge: 60,
} as const satisfies Fields;

export interface RevisionRow {
  version: number;
  kind: RevisionKind;
  at: string;
  /** JSON: a list of `{ column, before, after }`. */
  changes: string;
  account: string | null;
  note: string | null;
  noteSource: string | null;
}
