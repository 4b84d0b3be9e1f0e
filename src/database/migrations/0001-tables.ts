import { Migration } from '@mikro-orm/migrations';

const choice = (column: string, ...values: string[]) =>
  `${column} text check (${column} in (${values.map((v) => `'${v}'`).join(', ')}))`;
const precision = (column: string) => choice(column, 'DAY', 'MONTH', 'YEAR');
/** A day whose precision says how much of it is known; both or neither. */
const partialDate = (column: string) =>
  `${column} date, ${precision(`${column}_precision`)}, check ((${column} is null) = (${column}_precision is null))`;
const money = (column: string) =>
  `${column}_amount numeric(18,2), ${column}_currency text collate "C" check (${column}_currency ~ '^[A-Z]{3}$'),
   check ((${column}_amount is null) = (${column}_currency is null))`;

const record = (prefix: string) => `
  id text collate "C" primary key check (id ~ '^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  ${choice('publication_status', 'DRAFT', 'PUBLISHED', 'WITHDRAWN')} not null default 'PUBLISHED',
  withdrawn_reason text check ((withdrawn_reason is not null) = (publication_status = 'WITHDRAWN')),
  ${choice('origin', 'ENTERED', 'REPORTED', 'DEMONSTRATION')} not null default 'REPORTED',
  language text collate "C" not null default 'en',
  source_url text,
  source_note text,
  ${choice('confidence', 'STATED', 'DERIVED', 'UNCERTAIN', 'DISPUTED')} not null default 'STATED'`;

const slug = `slug text collate "C" not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')`;
const key = (column: string, table: string) => `${column} text collate "C" references ${table} (id)`;

const figure = `
  ${key('indicator_id', 'indicator')} not null,
  baseline numeric, target numeric, achieved numeric,
  ${partialDate('achieved_on')},
  ${choice('qualifier', 'EXACT', 'ABOUT', 'MORE_THAN', 'LESS_THAN')} not null default 'EXACT',
  method text, note text, position smallint not null default 0,
  check (num_nonnulls(baseline, target, achieved) > 0)`;

/** An edge table; `position` keeps the order the record's author gave. */
const edge = (table: string, from: string, to: string) => `
  create table ${table} (
    ${from}_id text collate "C" not null references ${from.replace(/^origin_/, '')} (id) on delete cascade,
    ${to}_id text collate "C" not null references ${to === 'practice' ? 'good_practice' : to} (id),
    position smallint not null default 0,
    primary key (${from}_id, ${to}_id));
  create index ${table}_${to}_id on ${table} (${to}_id)`;

const directory = [
  `create table region (${record('rgn')},
    ${choice('scheme', 'NUTS', 'SR', 'ISO3166', 'CUSTOM')} not null,
    code_version smallint not null,
    code text collate "C" not null,
    level smallint not null check (level between 0 and 3),
    ${key('parent_id', 'region')},
    path text collate "C" not null unique,
    country_code text collate "C" not null,
    iso_country_code text collate "C" not null check (iso_country_code ~ '^[A-Z]{2}$'),
    name_local text not null, name_latin text not null, name_english text,
    ${choice('"group"', 'EU', 'EFTA', 'CANDIDATE', 'OTHER')} not null,
    designation_note text,
    unique (scheme, code_version, code))`,
  `create index region_code on region (code, code_version)`,
  `create index region_parent_id on region (parent_id)`,
  `create table place (${record('plc')}, ${slug},
    name text not null, name_local text,
    ${choice('kind', 'CITY', 'DISTRICT', 'VENUE', 'SITE')} not null,
    ${key('parent_id', 'place')}, ${key('region_id', 'region')})`,
  `create table programme (${record('prg')}, ${slug},
    name text not null,
    ${choice('cooperation_type', 'CROSS_BORDER', 'TRANSNATIONAL', 'INTERREGIONAL', 'OUTERMOST')},
    start_year smallint, end_year smallint, check (end_year >= start_year),
    fund text, key_action text, action_type text, objective text, ${money('budget')}, website text)`,
  `create table partner (${record('ptn')}, ${slug},
    name_original text not null, name_original_language text collate "C", name_latin text, name_english text,
    acronym text, former_names text[] not null default '{}',
    ${choice('type', 'LOCAL_PUBLIC_AUTHORITY', 'REGIONAL_PUBLIC_AUTHORITY', 'NATIONAL_PUBLIC_AUTHORITY', 'SECTORAL_AGENCY', 'INFRASTRUCTURE_SERVICE_PROVIDER', 'INTEREST_GROUP_NGO', 'HIGHER_EDUCATION_RESEARCH', 'EDUCATION_TRAINING_CENTRE', 'ENTERPRISE', 'SME', 'BUSINESS_SUPPORT_ORGANISATION', 'EGTC', 'INTERNATIONAL_ORGANISATION_NATIONAL_LAW', 'INTERNATIONAL_ORGANISATION_INTERNATIONAL_LAW', 'GENERAL_PUBLIC', 'HOSPITAL_MEDICAL_CENTRE', 'OTHER')},
    website text, ${key('place_id', 'place')}, ${key('region_id', 'region')})`,
  `create index partner_region_id on partner (region_id)`,
  `create table project (${record('prj')}, ${slug},
    acronym text not null, title text not null, reference text collate "C",
    ${key('programme_id', 'programme')} not null, ${key('owner_id', 'partner')},
    aim text, objective text, ${partialDate('start_date')}, ${partialDate('end_date')}, check (end_date >= start_date),
    ${choice('status', 'PLANNED', 'ONGOING', 'CLOSED')},
    ${money('budget')}, ${money('eu_contribution')}, sectors text[] not null default '{}', website text,
    unique (programme_id, reference))`,
  `create table participation (${record('par')},
    ${key('project_id', 'project')} not null, ${key('partner_id', 'partner')} not null,
    ${choice('role', 'LEAD_PARTNER', 'PARTNER', 'ASSOCIATED', 'TECHNICAL', 'THIRD_PARTY', 'EXPERT')} not null,
    role_label text, position smallint, region_code text collate "C",
    ${partialDate('start_date')}, ${partialDate('end_date')}, check (end_date >= start_date),
    ${key('replaced_by_id', 'participation')}, check (replaced_by_id <> id),
    unique (project_id, partner_id, role))`,
  `create index participation_partner_id on participation (partner_id)`,
];

const practices = [
  `create table theme (${record('thm')}, ${slug},
    scheme text collate "C" not null, notation text collate "C" not null, label text not null, unique (scheme, notation))`,
  `create table indicator (${record('ind')}, ${slug}, name text not null, unit text not null check (unit <> ''))`,
  `create table good_practice (${record('gp')}, ${slug},
    title text not null check (length(title) between 1 and 100),
    summary text, problem text, evidence text,
    ${key('owner_id', 'partner')}, owner_text text, ${key('identified_in_id', 'project')},
    ${partialDate('start_date')}, ${partialDate('end_date')}, check (end_date >= start_date),
    is_ongoing boolean, ${partialDate('ongoing_as_of')}, ${money('cost')}, cost_basis text)`,
  `create index good_practice_owner_id on good_practice (owner_id)`,
  `create index good_practice_identified_in_id on good_practice (identified_in_id)`,
  edge('good_practice_region', 'good_practice', 'region'),
  edge('good_practice_place', 'good_practice', 'place'),
  edge('good_practice_theme', 'good_practice', 'theme'),
  edge('project_theme', 'project', 'theme'),
  `create table measurement (${record('mea')}, ${key('practice_id', 'good_practice')} not null, ${figure})`,
  `create index measurement_practice_id on measurement (practice_id)`,
];

const transfers = [
  `create table transfer (${record('trf')}, ${slug}, title text, ${key('owner_id', 'partner')},
    ${choice('kind', 'ADOPTION', 'ADAPTATION', 'PARTIAL', 'INSPIRATION', 'POLICY_CHANGE', 'SCALING')},
    ${choice('status', 'INTEREST', 'ASSESSED', 'PLANNED', 'IN_PROGRESS', 'IMPLEMENTED', 'MAINSTREAMED', 'ON_HOLD', 'ABANDONED', 'NOT_FEASIBLE')} not null,
    reported_on date, action text, note text,
    ${key('destination_id', 'region')} not null, ${key('receiver_id', 'partner')}, receiver_text text,
    ${key('project_id', 'project')})`,
  `create index transfer_destination_id on transfer (destination_id)`,
  `create index transfer_receiver_id on transfer (receiver_id)`,
  edge('transfer_practice', 'transfer', 'practice'),
  edge('transfer_origin', 'transfer', 'region'),
  `create table outcome (${record('out')}, ${key('transfer_id', 'transfer')} not null, ${figure})`,
  `create index outcome_transfer_id on outcome (transfer_id)`,
];

const shared = [
  `create table translation (
    record_id text collate "C" not null, field text collate "C" not null, language text collate "C" not null,
    text text not null, ${choice('origin', 'HUMAN', 'MACHINE')} not null,
    primary key (record_id, language, field))`,
];

/** Foreign keys without an index above: a deletion looks for them, and some are edges to come. */
const otherKeys = [
  ['place', 'parent_id'],
  ['place', 'region_id'],
  ['partner', 'place_id'],
  ['project', 'owner_id'],
  ['participation', 'replaced_by_id'],
  ['measurement', 'indicator_id'],
  ['outcome', 'indicator_id'],
  ['transfer', 'owner_id'],
  ['transfer', 'project_id'],
].map(([table, column]) => `create index ${table}_${column} on ${table} (${column})`);

/** The tables of the directory, practices and transfers, and the one table of translations. */
export class Tables extends Migration {
  override up(): void {
    for (const statement of [...directory, ...practices, ...transfers, ...shared, ...otherKeys]) this.addSql(statement);
  }
}
