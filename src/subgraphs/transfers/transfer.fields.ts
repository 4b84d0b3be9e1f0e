import type { Fields, RowOf } from '../../graph/fields.js';
import { regionFilter } from '../directory/region.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import { reachedTarget } from './outcome.fields.js';
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

export const TransferMechanism = {
  STUDY_VISIT: 'STUDY_VISIT',
  WORKSHOP: 'WORKSHOP',
  STAFF_EXCHANGE: 'STAFF_EXCHANGE',
  PEER_REVIEW: 'PEER_REVIEW',
  MENTORING: 'MENTORING',
  MATCHMAKING: 'MATCHMAKING',
  DOCUMENT: 'DOCUMENT',
} as const;
export type TransferMechanism = keyof typeof TransferMechanism;

const destination = (condition: string) =>
  `exists (select from region r where r.id = t.destination_id and ${condition})`;
const origin = (condition: string) =>
  `exists (select from transfer_origin j join region r on r.id = j.region_id where j.transfer_id = t.id and ${condition})`;
const ofPractice = (joins: string) =>
  `exists (select from transfer_practice j ${joins} where j.transfer_id = t.id and {})`;
const destinationCode = `coalesce((select r.code from region r where r.id = t.destination_id), '')`;
const stage = `array_position(array['${Object.keys(TransferStatus).join("', '")}'], t.status)`;
const inside = `r.path >= a.path and r.path < rtrim(a.path, '/') || '0'`;

export const transferFields = {
  ...recordOf('Transfer'),
  columns: [
    ...recordFields,
    'slug',
    'title',
    'kind',
    'mechanisms',
    'status',
    'reportedOn',
    'startDate',
    'startDatePrecision',
    'endDate',
    'endDatePrecision',
    'action',
    'adaptation',
    'enablers',
    'barriers',
    'lessons',
    'fundingAmount',
    'fundingCurrency',
    'fundingText',
    'fundingIsLasting',
    'note',
    'receiverText',
  ],
  references: {
    destination: { table: 'region' },
    destinationPlace: { table: 'place' },
    receiver: { table: 'partner' },
    project: { table: 'project' },
    policyInstrument: { table: 'policy_instrument' },
  },
  edges: {
    practices: { through: 'transfer_practice', key: 'transfer_id', target: 'practice_id', table: 'good_practice' },
    origins: { through: 'transfer_origin', key: 'transfer_id', target: 'region_id', table: 'region' },
    originPlaces: { through: 'transfer_origin_place', key: 'transfer_id', target: 'place_id', table: 'place' },
  },
  filters: {
    origin: regionFilter(origin('{}'), 'Where the practices come from; `within: "IE"` is all of Ireland.'),
    destination: regionFilter(destination('{}'), 'Where the practices go; `within: "ES"` is all of Spain.'),
    originCountry: {
      kind: 'key',
      sql: 'r.country_code',
      through: origin('{}'),
      description: 'Countries of origin as Eurostat writes them: EL for Greece.',
    },
    destinationCountry: {
      kind: 'key',
      sql: 'r.country_code',
      through: destination('{}'),
      description: 'Countries of destination as Eurostat writes them: EL for Greece.',
    },
    status: { kind: 'key', enum: 'TransferStatus', sql: 't.status', description: 'How far the transfer has come.' },
    kind: { kind: 'key', enum: 'TransferKind', sql: 't.kind', description: 'What is taken over.' },
    mechanism: {
      kind: 'key',
      enum: 'TransferMechanism',
      sql: 'x.mechanism',
      through: 'exists (select from unnest(t.mechanisms) x (mechanism) where {})',
      description: 'By what the destination learns the practice.',
    },
    practice: {
      kind: 'key',
      sql: 'g.slug',
      through: ofPractice('join good_practice g on g.id = j.practice_id'),
      description: 'Slugs of the practices that are transferred.',
    },
    theme: {
      kind: 'key',
      sql: 'h.slug',
      through: ofPractice(
        'join good_practice g on g.id = j.practice_id join good_practice_theme e on e.good_practice_id = g.id join theme h on h.id = e.theme_id',
      ),
      description: 'Slugs of themes of the practices, such as `innocrafts-t2`.',
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
    programme: {
      kind: 'key',
      sql: 'g.slug',
      through:
        'exists (select from project j join programme g on g.id = j.programme_id where j.id = t.project_id and {})',
      description: 'Slugs of the programmes that funded those projects.',
    },
    policyInstrument: {
      kind: 'key',
      sql: 'i.slug',
      through: 'exists (select from policy_instrument i where i.id = t.policy_instrument_id and {})',
      description: 'Slugs of the policy instruments that carry the transfer, or that it aims at.',
    },
    hasOutcomes: {
      kind: 'flag',
      sql: 'exists (select from outcome m where m.transfer_id = t.id)',
      description: 'Whether at least one result was measured.',
    },
    targetReached: {
      kind: 'flag',
      sql: `exists (select from outcome m where m.transfer_id = t.id and ${reachedTarget('m')})`,
      description:
        'Whether at least one result reached its target; false too where none was measured, or none aimed at.',
    },
    reportedOn: { kind: 'date', sql: 't.reported_on', description: 'When the status was reported.' },
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      description: 'When work at the destination began; a year alone counts as its first day.',
    },
    title: { kind: 'text', sql: 't.title', description: 'Part of the original title.' },
  },
  orders: {
    REPORTED_DESC: {
      by: ["coalesce(t.reported_on, '0001-01-01')"],
      descending: true,
      description: 'The last reported first; those without a date last.',
    },
    STARTED_DESC: {
      by: ["coalesce(t.start_date, '0001-01-01')"],
      descending: true,
      description: 'The last begun first; those without a date last.',
    },
    DESTINATION_ASC: {
      by: [destinationCode, stage],
      description: "By the destination's code, and there by status: INTEREST to MAINSTREAMED, then those aside.",
    },
    STATUS_ASC: {
      by: [stage, destinationCode],
      description: "By status, INTEREST to MAINSTREAMED, then those aside; alike ones by the destination's code.",
    },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: {
    practice: 'exists (select from transfer_practice j where j.transfer_id = t.id and j.practice_id = {key})',
    receiver: 't.receiver_id = {key}',
    policyInstrument: 't.policy_instrument_id = {key}',
    destination: `exists (select from region r join region a on a.id = {key} where r.id = t.destination_id and ${inside})`,
    origin: `exists (select from transfer_origin j join region r on r.id = j.region_id join region a on a.id = {key}
      where j.transfer_id = t.id and ${inside})`,
  },
  sizes: {
    'GoodPractice.transfers': 5,
    'Partner.transfers': 5,
  },
  maxAge: 60,
} as const satisfies Fields;

export type TransferRow = RowOf<Transfer, typeof transferFields>;
