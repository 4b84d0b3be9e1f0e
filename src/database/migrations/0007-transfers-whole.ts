import { Migration } from '@mikro-orm/migrations';
import {
  choice,
  edge,
  key,
  partPolicies,
  partialDate,
  record,
  recordPolicies,
  recordsVisible,
  recordTriggers,
  slug,
  touchTriggers,
} from './record-table.js';

const statuses = [
  'INTEREST',
  'ASSESSED',
  'PLANNED',
  'IN_PROGRESS',
  'IMPLEMENTED',
  'MAINSTREAMED',
  'ON_HOLD',
  'ABANDONED',
  'NOT_FEASIBLE',
] as const;

const mechanisms = [
  'STUDY_VISIT',
  'WORKSHOP',
  'STAFF_EXCHANGE',
  'PEER_REVIEW',
  'MENTORING',
  'MATCHMAKING',
  'DOCUMENT',
] as const;

const policyInstrument = [
  `create table policy_instrument (${record('pin')}, ${slug},
    name text not null, programme_text text, ${key('region_id', 'region')}, ${key('responsible_id', 'partner')}, website text)`,
  `create index policy_instrument_region_id on policy_instrument (region_id)`,
  `create index policy_instrument_responsible_id on policy_instrument (responsible_id)`,
];

const added = [
  `mechanisms text[] not null default '{}' check (mechanisms <@ array['${mechanisms.join("', '")}'])`,
  ...['adaptation', 'enablers', 'barriers', 'lessons', 'funding_text'].map((column) => `${column} text`),
  'funding_amount numeric(18,2)',
  `funding_currency text collate "C" check (funding_currency ~ '^[A-Z]{3}$')`,
  'funding_is_lasting boolean',
  ...['start_date', 'end_date'].flatMap((column) => [
    `${column} date`,
    choice(`${column}_precision`, 'DAY', 'MONTH', 'YEAR'),
  ]),
  key('destination_place_id', 'place'),
  key('policy_instrument_id', 'policy_instrument'),
];

const transfer = [
  `alter table transfer ${added.map((column) => `add column ${column}`).join(', ')},
    add check ((funding_amount is null) = (funding_currency is null)),
    add check ((start_date is null) = (start_date_precision is null)),
    add check ((end_date is null) = (end_date_precision is null)),
    add check (end_date >= start_date),
    add constraint transfer_reported check (origin <> 'REPORTED' or (reported_on is not null and source_url is not null))`,
  ...edge('transfer_origin_place', ['transfer_id', 'transfer'], ['place_id', 'place']),
  ...['destination_place_id', 'policy_instrument_id', 'start_date'].map(
    (column) => `create index transfer_${column} on transfer (${column})`,
  ),
  // Not transfer_status: the table of the history is called so.
  `create index transfer_present_status on transfer (status)`,
  `create index transfer_reported_order on transfer (coalesce(reported_on, '0001-01-01'), id)`,
  `create index transfer_started_order on transfer (coalesce(start_date, '0001-01-01'), id)`,
  `create index transfer_updated_order on transfer (updated_at, id)`,
];

/** Every status that a transfer has had, in their order; the last is its own. */
const history = [
  `create table transfer_status (
    transfer_id text collate "C" not null references transfer (id) on delete cascade,
    position smallint not null,
    ${choice('status', ...statuses)} not null,
    ${partialDate('changed_on')},
    note text, source_url text,
    primary key (transfer_id, position))`,
  `insert into transfer_status (transfer_id, position, status, changed_on, changed_on_precision, source_url)
    select id, 0, status, reported_on, case when reported_on is not null then 'DAY' end, source_url from transfer`,
];

/** `goodgraph_know_records`, where a migration before this one has made it, finds record tables by itself. */
const known = [
  recordsVisible({ pin: 'policy_instrument' }),
  `do $$ begin
    if to_regprocedure('goodgraph_know_records()') is not null then perform goodgraph_know_records(); end if;
  end $$`,
];

/** Policy instruments, the remaining columns of transfers, and the history of their status. */
export class TransfersWhole extends Migration {
  override up(): void {
    for (const statement of [
      ...policyInstrument,
      ...recordTriggers('policy_instrument'),
      ...recordPolicies('policy_instrument'),
      ...transfer,
      ...history,
      ...['transfer_origin_place', 'transfer_status'].flatMap((table) => [
        ...touchTriggers(table, 'transfer', 'transfer_id'),
        ...partPolicies(table, 'transfer', 'transfer_id'),
      ]),
      ...known,
    ])
      this.addSql(statement);
  }
}
