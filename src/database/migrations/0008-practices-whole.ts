import { Migration } from '@mikro-orm/migrations';
import { choice, key, partPolicies, texts, touchTriggers } from './record-table.js';

const add = (table: string, ...columns: string[]): string =>
  `alter table ${table} ${columns.map((column) => `add ${column}`).join(', ')}`;

/** A list of value types, such as `[{"scheme": "PIC", "value": "999999999"}]`. */
const values = (column: string) => `${column} jsonb not null default '[]' check (jsonb_typeof(${column}) = 'array')`;

const directory = [
  add(
    'place',
    `latitude numeric(8,6) check (latitude between -90 and 90)`,
    `longitude numeric(9,6) check (longitude between -180 and 180)`,
    choice('point_precision', 'BUILDING', 'DISTRICT', 'CITY'),
    `constraint place_point check (num_nonnulls(latitude, longitude, point_precision) in (0, 3))`,
  ),
  add(
    'programme',
    `projects_count integer check (projects_count >= 0)`,
    `partners_count integer check (partners_count >= 0)`,
  ),
  add(
    'partner',
    choice('legal_status', 'PUBLIC', 'BODY_GOVERNED_BY_PUBLIC_LAW', 'PRIVATE_NON_PROFIT', 'PRIVATE_FOR_PROFIT'),
    texts('specialisations'),
    values('other_names'),
    values('identifiers'),
  ),
  add(
    'project',
    texts('aliases'),
    'phase text',
    texts('target_groups'),
    texts('context_tags'),
    'priority text',
    'intervention_type text',
    `${key('preceded_by_id', 'project')} check (preceded_by_id <> id)`,
    texts('websites'),
    values('external_ids'),
    'co_funded boolean',
    'practices_submitted integer check (practices_submitted >= 0)',
    'practices_selected integer check (practices_selected >= 0)',
    'practices_transferable integer check (practices_transferable >= 0)',
  ),
  `create index project_preceded_by_id on project (preceded_by_id)`,
  add(
    'participation',
    'budget_amount numeric(18,2)',
    `budget_currency text collate "C" check (budget_currency ~ '^[A-Z]{3}$')`,
    `constraint participation_budget check ((budget_amount is null) = (budget_currency is null))`,
  ),
];

/** Role contacts. An e-mail stands in a table that the anonymous role has no right to read at all. */
const contacts = [
  `create table partner_contact (
    partner_id text collate "C" not null references partner (id) on delete cascade,
    position smallint not null, role text not null, text text, url text,
    primary key (partner_id, position), unique (partner_id, role))`,
  `create table partner_contact_email (
    partner_id text collate "C" not null, position smallint not null,
    email text not null check (email ~ '^[^@\\s]+@[^@\\s]+$'),
    primary key (partner_id, position),
    foreign key (partner_id, position) references partner_contact (partner_id, position) on delete cascade)`,
  ...touchTriggers('partner_contact', 'partner', 'partner_id'),
  ...touchTriggers('partner_contact_email', 'partner', 'partner_id'),
  ...partPolicies('partner_contact', 'partner', 'partner_id'),
  ...partPolicies('partner_contact_email', 'partner', 'partner_id'),
  `revoke all on partner_contact_email from goodgraph_public`,
];

const text = (column: string) => `${column} text`;

const goodPractice = [
  add(
    'good_practice',
    text('description'),
    choice('scope', 'LOCAL', 'REGIONAL', 'NATIONAL', 'EUROPEAN'),
    texts('sectors'),
    texts('keywords'),
    text('practice_type'),
    texts('target_groups'),
    choice('maturity', 'PILOT', 'PROVEN', 'SCALED', 'DISCONTINUED'),
    texts('funding_sources'),
    text('staff'),
    text('resources_text'),
    text('timeframe'),
    text('difficulties'),
    text('lessons_learnt'),
    text('success_factors'),
    text('prerequisites'),
    text('constraints'),
    text('adaptable_parts'),
    'transferability_rating smallint check (transferability_rating between 1 and 5)',
    choice('validation_level', 'NONE', 'PROJECT', 'EXPERT', 'LABEL'),
    key('validated_by_id', 'partner'),
    text('validated_by_text'),
    'validated_on date',
    choice('validated_on_precision', 'DAY', 'MONTH', 'YEAR'),
    'constraint good_practice_validated_on check ((validated_on is null) = (validated_on_precision is null))',
    text('validation_opinion'),
    values('links'),
    choice(
      'workflow_status',
      'DRAFT',
      'SUBMITTED',
      'ACCEPTED_BY_PROJECT',
      'VALIDATED',
      'ARCHIVED',
      'CHANGES_REQUESTED',
      'DECLINED',
    ),
    `constraint good_practice_workflow check (workflow_status is null or publication_status = case
      when workflow_status in ('ACCEPTED_BY_PROJECT', 'VALIDATED') and publication_status <> 'WITHDRAWN' then 'PUBLISHED'
      when workflow_status = 'ARCHIVED' or publication_status = 'WITHDRAWN' then 'WITHDRAWN' else 'DRAFT' end)`,
  ),
  `create index good_practice_validated_by_id on good_practice (validated_by_id)`,
  `create index good_practice_cost on good_practice (cost_amount) where cost_currency = 'EUR'`,
  ...['scope', 'maturity', 'validation_level'].map(
    (column) => `create index good_practice_${column} on good_practice (${column}) where ${column} is not null`,
  ),
  `create table good_practice_inspiration (
    practice_id text collate "C" not null references good_practice (id) on delete cascade,
    inspired_by_id text collate "C" not null references good_practice (id) on delete cascade,
    position smallint not null default 0,
    primary key (practice_id, inspired_by_id), check (practice_id <> inspired_by_id))`,
  `create index good_practice_inspiration_inspired_by_id on good_practice_inspiration (inspired_by_id)`,
  ...touchTriggers('good_practice_inspiration', 'good_practice', 'practice_id'),
  ...partPolicies('good_practice_inspiration', 'good_practice', 'practice_id'),
];

/** How a practice came to where it is in the workflow: for its owner and for reviewers, whose words the notes are. */
const workflow = [
  `create table good_practice_step (
    practice_id text collate "C" not null references good_practice (id) on delete cascade,
    position integer not null,
    from_status text not null, to_status text not null, note text,
    at timestamptz not null default clock_timestamp(),
    primary key (practice_id, position))`,
  ...partPolicies('good_practice_step', 'good_practice', 'practice_id'),
  `drop policy part on good_practice_step`,
  `create policy part on good_practice_step for select to goodgraph_member using (exists (
    select from good_practice a where a.id = good_practice_step.practice_id
      and ((select goodgraph_viewer_role()) in ('REVIEWER', 'ADMIN', 'SERVICE') or a.owner_id = (select goodgraph_viewer_partner()))))`,
];

/** A theme's path is the slugs from its broadest theme down, `craft/pottery/`: its subtree is one range of the index. */
const theme = [
  add(
    'theme',
    `${key('broader_id', 'theme')}`,
    `path text collate "C" not null default ''`,
    values('alternative_labels'),
  ),
  `create index theme_broader_id on theme (broader_id)`,
  `create function goodgraph_theme_path() returns trigger language plpgsql as $$
  declare
    above text := coalesce((select path from theme where id = new.broader_id), '');
  begin
    if new.broader_id = new.id or position('/' || new.slug || '/' in '/' || above) > 0 then
      raise check_violation using message = format('The theme %s would be broader than itself.', new.slug);
    end if;
    new.path := above || new.slug || '/';
    return new;
  end $$`,
  `create function goodgraph_theme_path_below() returns trigger language plpgsql as $$
  begin
    update theme set path = '' where broader_id = new.id;
    return null;
  end $$`,
  // Before next_version, which looks at what comes out: triggers fire in the order of their names.
  `create trigger keep_path before insert or update on theme for each row execute function goodgraph_theme_path()`,
  `create trigger keep_path_below after update on theme for each row when (new.path <> old.path)
    execute function goodgraph_theme_path_below()`,
  `alter table theme disable trigger next_version`,
  `update theme set path = ''`,
  `alter table theme enable trigger next_version`,
  `create unique index theme_path on theme (path)`,
  `create table theme_related (
    theme_id text collate "C" not null references theme (id) on delete cascade,
    related_id text collate "C" not null references theme (id) on delete cascade,
    position smallint not null default 0,
    primary key (theme_id, related_id), check (theme_id <> related_id))`,
  `create index theme_related_related_id on theme_related (related_id)`,
  ...touchTriggers('theme_related', 'theme', 'theme_id'),
  ...partPolicies('theme_related', 'theme', 'theme_id'),
];

/** What the directory and practices still lacked. */
export class PracticesWhole extends Migration {
  override up(): void {
    for (const statement of [...directory, ...contacts, ...goodPractice, ...workflow, ...theme]) this.addSql(statement);
  }
}
