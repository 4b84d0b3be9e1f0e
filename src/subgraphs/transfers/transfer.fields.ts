import type { Fields, RowOf } from '../../graph/fields.js';
import { regionFilter } from '../directory/region.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Transfer } from './transfer.entity.js';

export const TransferStatus = {
  INTEREST: 'INTEREST',
  ASSESSED: 'ASSESSED',
  PLANNED: 'PLANNED',
  IN_PROGRESS: 'IN_PROGRESS',
  IMPLEMENTED: 'IMPLEMENTED',
  MAINSTREAMED: 'MAINSTREAMED',
  ON_HOLD: 'ON_HOLD',
  ABANDONED: 'ABANDONED',
  NOT_FEASIBLE: 'NOT_FEASIBLE',
} as const;
export type TransferStatus = keyof typeof TransferStatus;

export const TransferKind = {
  ADOPTION: 'ADOPTION',
  ADAPTATION: 'ADAPTATION',
  PARTIAL: 'PARTIAL',
  INSPIRATION: 'INSPIRATION',
  POLICY_CHANGE: 'POLICY_CHANGE',
  SCALING: 'SCALING',
} as const;
export type TransferKind = keyof typeof TransferKind;

const destination = (condition: string) =>
  `exists (select from region r where r.id = t.destination_id and ${condition})`;
const origin = (condition: string) =>
  `exists (select from transfer_origin j join region r on r.id = j.region_id where j.transfer_id = t.id and ${condition})`;
const inside = `r.path >= a.path and r.path < rtrim(a.path, '/') || '0'`;

export const transferFields = {
  ...recordOf('Transfer'),
  columns: [...recordFields, 'slug', 'title', 'kind', 'status', 'reportedOn', 'action', 'note', 'receiverText'],
  references: { destination: { table: 'region' }, receiver: { table: 'partner' }, project: { table: 'project' } },
  edges: {
    practices: { through: 'transfer_practice', key: 'transfer_id', target: 'practice_id', table: 'good_practice' },
    origins: { through: 'transfer_origin', key: 'transfer_id', target: 'region_id', table: 'region' },
  },
  filters: {
    origin: regionFilter(origin('{}'), 'Where the practices come from; `within: "IE"` is all of Ireland.'),
    destination: regionFilter(destination('{}'), 'Where the practices go; `within: "ES"` is all of Spain.'),
    status: { kind: 'key', enum: 'TransferStatus', sql: 't.status', description: 'How far the transfer has come.' },
    kind: { kind: 'key', enum: 'TransferKind', sql: 't.kind', description: 'What is taken over.' },
    practice: {
      kind: 'key',
      sql: 'g.slug',
      through:
        'exists (select from transfer_practice j join good_practice g on g.id = j.practice_id where j.transfer_id = t.id and {})',
      description: 'Slugs of the practices that are transferred.',
    },
    receiver: {
      kind: 'key',
      sql: 'o.slug',
      through: 'exists (select from partner o where o.id = t.receiver_id and {})',
      description: 'Slugs of the organisations that take the practice over.',
    },
    project: {
      kind: 'key',
      sql: 'j.slug',
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the projects that brought the transfer about.',
    },
    hasOutcomes: {
      kind: 'flag',
      sql: 'exists (select from outcome m where m.transfer_id = t.id)',
      description: 'Whether at least one result was measured.',
    },
    reportedOn: { kind: 'date', sql: 't.reported_on', description: 'When the status was reported.' },
  },
  orders: {
    REPORTED_DESC: {
      by: ["coalesce(t.reported_on, '0001-01-01')"],
      descending: true,
      description: 'The last reported first; those without a date last.',
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: {
    practice: 'exists (select from transfer_practice j where j.transfer_id = t.id and j.practice_id = {key})',
    receiver: 't.receiver_id = {key}',
    destination: `exists (select from region r join region a on a.id = {key} where r.id = t.destination_id and ${inside})`,
    origin: `exists (select from transfer_origin j join region r on r.id = j.region_id join region a on a.id = {key}
      where j.transfer_id = t.id and ${inside})`,
  },
  maxAge: 60,
} as const satisfies Fields;

export type TransferRow = RowOf<Transfer, typeof transferFields>;
