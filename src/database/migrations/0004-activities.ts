import { Migration } from '@mikro-orm/migrations';
import {
  choice,
  choices,
  edge,
  key,
  partialDate,
  partPolicies,
  record,
  recordPolicies,
  recordsVisible,
  recordTriggers,
  slug,
  texts,
  touchTriggers,
} from './record-table.js';

const sessionKinds = ['WELCOME', 'WORKSHOP', 'ROUND_TABLE', 'PRESENTATION', 'STUDY_VISIT', 'INFORMAL_SESSION', 'OTHER'];

const tables = [
  `create table event (${record('evt')}, ${slug},
    title text not null, alternative_title text,
    ${choices('types', 'TRAINING_SEMINAR', 'SEMINAR', 'STUDY_VISIT', 'COORDINATION_MEETING', 'KICK_OFF_MEETING', 'CONFERENCE', 'DISSEMINATION_EVENT', 'PRESS_CONFERENCE', 'OTHER')},
    ordinal smallint check (ordinal > 0),
    ${partialDate('start_date')}, ${partialDate('end_date')}, check (end_date >= start_date),
    ${choice('mode', 'IN_PERSON', 'ONLINE', 'HYBRID', 'UNKNOWN')} not null default 'UNKNOWN',
    ${key('city_id', 'place')}, ${key('venue_id', 'place')}, ${key('region_id', 'region')},
    ${key('project_id', 'project')}, ${key('owner_id', 'partner')},
    description text, method text, ${choices('formats', ...sessionKinds)}, ${texts('objectives')}, ${texts('agenda')},
    ${texts('decisions')}, ${texts('follow_ups')},
    practices_presented smallint check (practices_presented >= 0))`,
  `create index event_start_date on event (start_date)`,
  ...edge('event_theme', ['event_id', 'event'], ['theme_id', 'theme']),
  ...edge('event_country', ['event_id', 'event'], ['region_id', 'region']),
  `create table session (${record('ses')},
    event_id text collate "C" not null references event (id) on delete cascade,
    day date, position smallint not null default 0, ${choices('types', ...sessionKinds)}, subject text,
    ${key('venue_id', 'place')}, ${key('visited_id', 'place')})`,
  ...edge('session_practice', ['session_id', 'session'], ['practice_id', 'good_practice']),
  `create table event_role (${record('rol')},
    event_id text collate "C" not null references event (id) on delete cascade,
    session_id text collate "C" references session (id) on delete cascade,
    ${choice('role', 'HOST', 'WELCOME', 'EXPERT', 'SPEAKER', 'PARTICIPANT')} not null,
    ${key('partner_id', 'partner')}, label text, check (num_nonnulls(partner_id, label) = 1),
    contribution text, position smallint not null default 0,
    unique nulls not distinct (event_id, session_id, role, partner_id, label))`,
  `create table output (${record('opt')}, ${slug},
    title text not null,
    ${choice('type', 'TOOLKIT', 'TRAINING_PLATFORM', 'GUIDE', 'PUBLICATION', 'NEWSLETTER', 'OTHER')} not null,
    is_main_result boolean, ${key('responsible_id', 'partner')}, ${key('project_id', 'project')},
    technology text, purpose text, description text, volume smallint check (volume > 0),
    ${partialDate('published_on')}, languages text[] not null default '{}')`,
  ...edge('output_use', ['output_id', 'output'], ['used_id', 'output']),
  `alter table output_use add check (used_id <> output_id)`,
  `create table output_update (${record('upd')},
    output_id text collate "C" not null references output (id) on delete cascade,
    reported_on date not null, ${key('event_id', 'event')},
    ${choice('status', 'PLANNED', 'IN_DEVELOPMENT', 'FIRST_VERSION', 'COMPLETED', 'DISCONTINUED')} not null,
    note text)`,
  `create index output_update_output_id on output_update (output_id, reported_on)`,
  `create table task (${record('tsk')}, ${slug},
    title text not null, ${key('project_id', 'project')}, ${key('assignee_id', 'partner')}, assignee_text text,
    ${choice('kind', 'REPORTING', 'DEVELOPMENT', 'COMMUNICATION', 'MANAGEMENT', 'OTHER')},
    ${choice('status', 'OPEN', 'IN_PROGRESS', 'DONE', 'CANCELLED')},
    ${key('reviewed_at_id', 'event')})`,
  `create table action_plan (${record('apl')}, ${slug},
    title text not null, version_label text, ${key('project_id', 'project')}, ${key('proposed_by_id', 'partner')},
    ${choice('status', 'PROPOSED', 'SUPPORTED', 'APPROVED', 'IN_IMPLEMENTATION', 'COMPLETED')},
    status_on date, endorsed_by_text text, note text)`,
  ...edge('action_plan_endorsement', ['action_plan_id', 'action_plan'], ['partner_id', 'partner']),
  `create table action (${record('act')},
    action_plan_id text collate "C" not null references action_plan (id) on delete cascade,
    title text not null, position smallint not null default 0, ${key('transfer_id', 'transfer')})`,
];

/** Foreign keys without an index above: lists are filtered by them, and a deletion looks for them. */
const indexes = [
  ['event', 'city_id'],
  ['event', 'venue_id'],
  ['event', 'region_id'],
  ['event', 'project_id'],
  ['event', 'owner_id'],
  ['session', 'event_id'],
  ['session', 'venue_id'],
  ['session', 'visited_id'],
  ['event_role', 'session_id'],
  ['event_role', 'partner_id'],
  ['output', 'responsible_id'],
  ['output', 'project_id'],
  ['output_update', 'event_id'],
  ['task', 'project_id'],
  ['task', 'assignee_id'],
  ['task', 'reviewed_at_id'],
  ['action_plan', 'project_id'],
  ['action_plan', 'proposed_by_id'],
  ['action', 'action_plan_id'],
  ['action', 'transfer_id'],
].map(([table, column]) => `create index ${table}_${column} on ${table} (${column})`);

const prefixes = {
  evt: 'event',
  ses: 'session',
  rol: 'event_role',
  opt: 'output',
  upd: 'output_update',
  tsk: 'task',
  apl: 'action_plan',
  act: 'action',
};

/** Rows whose change is a change of the record that their column names. */
const parts: [table: string, whole: string, column: string][] = [
  ['session', 'event', 'event_id'],
  ['event_role', 'event', 'event_id'],
  ['output_update', 'output', 'output_id'],
  ['action', 'action_plan', 'action_plan_id'],
];

/** The same, for edges, which are visible as far as their record is. */
const edges: [table: string, whole: string, column: string][] = [
  ['event_theme', 'event', 'event_id'],
  ['event_country', 'event', 'event_id'],
  ['session_practice', 'session', 'session_id'],
  ['output_use', 'output', 'output_id'],
  ['action_plan_endorsement', 'action_plan', 'action_plan_id'],
];

const policies = [
  recordPolicies('event', [], 'owner_id'),
  recordPolicies('session', [['event_id', 'event']]),
  recordPolicies('event_role', [
    ['event_id', 'event'],
    ['session_id', 'session'],
    ['partner_id', 'partner'],
  ]),
  recordPolicies('output', [], 'responsible_id'),
  recordPolicies('output_update', [['output_id', 'output']]),
  recordPolicies('task', [], 'assignee_id'),
  recordPolicies('action_plan', [], 'proposed_by_id'),
  recordPolicies('action', [['action_plan_id', 'action_plan']]),
].flat();

/** Events with their sessions and roles, outputs, tasks and action plans. */
export class Activities extends Migration {
  override up(): void {
    for (const statement of [
      ...tables,
      ...indexes,
      ...Object.values(prefixes).flatMap(recordTriggers),
      ...[...parts, ...edges].flatMap((part) => touchTriggers(...part)),
      ...policies,
      ...edges.flatMap((part) => partPolicies(...part)),
      recordsVisible(prefixes),
    ])
      this.addSql(statement);
  }
}
