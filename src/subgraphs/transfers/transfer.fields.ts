import { boundsIn, orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { countryFilter, regionFilter } from '../directory/region.fields.js';
import { confidenceFilter, originFilter, recordFields, searched } from '../record.fields.js';
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

const destination = { sql: 't.destination_id' };
const origin = {
  sql: 'j.region_id',
  through: 'exists (select from transfer_origin j where j.transfer_id = t.id and {})',
};
const ofPractice = (joins = '') => `exists (select from transfer_practice j${joins} where j.transfer_id = t.id and {})`;
const stage = `case t.status ${Object.keys(TransferStatus)
  .slice(0, -1)
  .map((status, index) => `when '${status}' then ${index + 1}`)
  .join(' ')} else ${Object.keys(TransferStatus).length} end`;
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
    owner: { table: 'partner' },
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
    originRegion: regionFilter(origin, 'Where the practices come from; `within: "IE"` is all of Ireland.'),
    destination: regionFilter(destination, 'Where the practices go; `within: "ES"` is all of Spain.'),
    originCountry: countryFilter(origin, 'Countries of origin as Eurostat writes them: EL for Greece.'),
    destinationCountry: countryFilter(destination, 'Countries of destination as Eurostat writes them: EL for Greece.'),
    originPlace: {
      kind: 'key',
      sql: 'j.place_id',
      of: { table: 'place', named: 'slug' },
      through: 'exists (select from transfer_origin_place j where j.transfer_id = t.id and {})',
      description: 'Slugs of cities that the practices come from, such as `barcelona`.',
    },
    destinationPlace: {
      kind: 'key',
      sql: 't.destination_place_id',
      of: { table: 'place', named: 'slug' },
      description: 'Slugs of cities that they go to.',
    },
    status: { kind: 'key', enum: 'TransferStatus', sql: 't.status', description: 'How far the transfer has come.' },
    kind: { kind: 'key', enum: 'TransferKind', sql: 't.kind', description: 'What is taken over.' },
    mechanism: {
      kind: 'key',
      enum: 'TransferMechanism',
      isList: true,
      sql: 's.mechanisms',
      through: searched('transfer'),
      description: 'By what the destination learns the practice.',
    },
    practice: {
      kind: 'key',
      sql: 'j.practice_id',
      of: { table: 'good_practice', named: 'slug' },
      through: ofPractice(),
      description: 'Slugs of the practices that are transferred.',
    },
    practiceOwner: {
      kind: 'key',
      sql: 'g.owner_id',
      of: { table: 'partner', named: 'slug' },
      through: ofPractice(' join good_practice g on g.id = j.practice_id'),
      description: 'Slugs of the organisations that own those practices.',
    },
    theme: {
      kind: 'tree',
      sql: 'e.theme_id',
      of: { table: 'theme', named: 'slug' },
      through: ofPractice(' join good_practice_theme e on e.good_practice_id = j.practice_id'),
      description: 'Slugs of themes of the practices, such as `innocrafts-t2`; `within` takes narrower themes in.',
    },
    receiver: {
      kind: 'key',
      sql: 't.receiver_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that take the practice over.',
    },
    receiverType: {
      kind: 'key',
      enum: 'PartnerType',
      sql: 'o.type',
      through: 'exists (select from partner o where o.id = t.receiver_id and {})',
      description: 'The type of organisation that takes it over.',
    },
    project: {
      kind: 'key',
      sql: 't.project_id',
      of: { table: 'project', named: 'slug' },
      description: 'Slugs of the projects that brought the transfer about.',
    },
    programme: {
      kind: 'key',
      sql: 'j.programme_id',
      of: { table: 'programme', named: 'slug' },
      through: 'exists (select from project j where j.id = t.project_id and {})',
      description: 'Slugs of the programmes that funded those projects.',
    },
    policyInstrument: {
      kind: 'key',
      sql: 't.policy_instrument_id',
      of: { table: 'policy_instrument', named: 'slug' },
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
    indicator: {
      kind: 'key',
      sql: 'm.indicator_id',
      of: { table: 'indicator', named: 'slug' },
      through: 'exists (select from outcome m where m.transfer_id = t.id and {})',
      description: 'Slugs of indicators by which a result was measured.',
    },
    funding: {
      kind: 'decimal',
      sql: 't.funding_eur',
      description: 'What it is funded with, in EUR; unknown amounts and other currencies never match.',
    },
    isFundingLasting: {
      kind: 'flag',
      sql: 't.funding_is_lasting is true',
      description: 'Whether the funding is said to last; false too where that is unknown.',
    },
    confidence: confidenceFilter,
    reportedOn: {
      kind: 'date',
      sql: 't.reported_on',
      bounds: boundsIn('t.reported_on', "'0001-01-01'"),
      description: 'When the status was reported.',
    },
    startDate: {
      kind: 'date',
      sql: 't.start_date',
      bounds: boundsIn('t.start_date', "'0001-01-01'"),
      description: 'When work at the destination began; a year alone counts as its first day.',
    },
    endDate: {
      kind: 'date',
      sql: 't.end_date',
      description: 'When work at the destination ended; a year alone counts as its first day.',
    },
    title: {
      kind: 'text',
      isFolded: true,
      sql: 's.title',
      through: searched('transfer'),
      description: 'Part of the original title.',
    },
    ...originFilter,
  },
  orders: {
    REPORTED_DESC: {
      by: [orElse('t.reported_on', "'0001-01-01'")],
      descending: true,
      description: 'The last reported first; those without a date last.',
    },
    STARTED_DESC: {
      by: [orElse('t.start_date', "'0001-01-01'")],
      descending: true,
      description: 'The last begun first; those without a date last.',
    },
    DESTINATION_ASC: {
      by: ['t.destination_code', stage],
      description: "By the destination's code, and there by status: INTEREST to MAINSTREAMED, then those aside.",
    },
    STATUS_ASC: {
      by: [stage, 't.destination_code'],
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
    'GoodPractice.transfers': 4,
    'Partner.transfers': 4,
    'PolicyInstrument.transfers': 5,
    'Region.transfersIn': 5,
    'Region.transfersOut': 5,
    'Transfer.practices': 2,
  },
  maxAge: 60,
} as const satisfies Fields;

export type TransferRow = RowOf<Transfer, typeof transferFields>;
