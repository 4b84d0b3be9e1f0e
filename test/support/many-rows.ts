import type { Database } from '../../src/database/database.js';
import { PartnerType } from '../../src/subgraphs/directory/partner.fields.js';
import { ParticipationRole } from '../../src/subgraphs/directory/participation.fields.js';
import { Maturity, Scope, ValidationLevel } from '../../src/subgraphs/practices/good-practice.fields.js';
import { TransferKind, TransferMechanism, TransferStatus } from '../../src/subgraphs/transfers/transfer.fields.js';
import { EventKind, EventMode } from '../../src/subgraphs/activities/event.fields.js';
import { OutputKind } from '../../src/subgraphs/activities/output.fields.js';
import { OutputStatus } from '../../src/subgraphs/activities/output-update.fields.js';
import { TaskKind, TaskStatus } from '../../src/subgraphs/activities/task.fields.js';
import { ActionPlanStatus } from '../../src/subgraphs/activities/action-plan.fields.js';
import { SourceKind, SourceStatus } from '../../src/subgraphs/provenance/source.fields.js';
import { Confidence } from '../../src/subgraphs/record.fields.js';
import { execute } from './connect.js';

type Columns = Record<string, string>;

/** An even number from 0 to 1 for row `i`, another for each `seed`; the same in every run. */
const chance = (seed: number) => `((hashint8extended(i, ${seed}) & 1048575) / 1048576.0)`;
/** From 0 to `count - 1`; the low ones often, the last ones hardly ever: as countries and themes are. */
const skewed = (seed: number, count: number | string) => `floor(power(${chance(seed)}, 3) * ${count})::int`;
const pick = (seed: number, values: Record<string, string>) =>
  `(array['${Object.keys(values).join("','")}'])[1 + ${skewed(seed, Object.keys(values).length)}]`;
const sometimes = (seed: number, share: number, value: string) =>
  `case when ${chance(seed)} < ${share} then ${value} end`;
const day = (seed: number, from = '2005-01-01', days = 7000) =>
  `date '${from}' + floor(${chance(seed)} * ${days})::int`;
const words = (seed: number) =>
  `'wort' || ${skewed(seed, 3000)} || ' in town ' || ${skewed(seed + 1, 900)} || ' no ' || i`;
const list = (seed: number) => `array['tag ' || ${skewed(seed, 200)}, 'tag ' || ${skewed(seed + 1, 200)}]`;
const id = (prefix: string, n: string) => `'${prefix}_0' || lpad((${n})::text, 25, '0')`;
const someOf = (prefix: string, seed: number, count: number) =>
  id(prefix, `1 + floor(${chance(seed)} * ${count})::int`);
const someRegion = (seed: number) => `(select ids[1 + ${skewed(seed, 'cardinality(ids)')}] from some_region)`;
const confidence = pick(90, Confidence);

/** Statements that add `count` rows to every table of big lists, below what is there. Not through triggers. */
export function manyRows(count: number): string[] {
  const rowsInto = (table: string, n: number, columns: Columns) =>
    `insert into ${table} (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')} from generate_series(1, ${n}) i`;
  const records = (table: string, prefix: string, n: number, columns: Columns) =>
    rowsInto(table, n, {
      id: id(prefix, 'i'),
      source_url: `'https://example.org/' || i`,
      updated_at: `timestamptz '2026-01-01' + i * interval '7 s'`,
      publication_status: `case when i % 50 = 0 then 'DRAFT' else 'PUBLISHED' end`,
      confidence,
      ...columns,
    });
  const link = (table: string, n: number, columns: Columns) => `${rowsInto(table, n, columns)} on conflict do nothing`;
  const slug = `'many-' || i`;
  const date = (column: string, seed: number, share: number): Columns => ({
    [column]: sometimes(seed, share, day(seed + 1)),
    [`${column}_precision`]: sometimes(seed, share, `'DAY'`),
  });
  const money = (column: string, seed: number): Columns => ({
    [`${column}_amount`]: sometimes(seed, 0.8, `round((power(${chance(seed + 1)}, 4) * 5000000)::numeric, 2)`),
    [`${column}_currency`]: sometimes(seed, 0.8, `case when i % 20 = 0 then 'SEK' else 'EUR' end`),
  });
  const [some, few, programmes, themes] = [count * 0.4, 500, 200, 300];
  return [
    `create temporary table some_region as select array_agg(id order by hashtextextended(country_code, 4), code) as ids from region where code_version = 2024 and level = 3`,
    records('programme', 'prg', programmes, {
      slug,
      name: words(1),
      start_year: '2000 + i % 25',
      publication_status: `'PUBLISHED'`,
    }),
    records('theme', 'thm', themes, {
      slug,
      scheme: `'MANY'`,
      notation: `'M' || i`,
      label: words(1),
      broader_id: `case when i > 30 then ${id('thm', '1 + i % 30')} end`,
      path: `case when i > 30 then 'many-' || (1 + i % 30) || '/' else '' end || 'many-' || i || '/'`,
      publication_status: `'PUBLISHED'`,
    }),
    records('indicator', 'ind', few, { slug, name: words(1), unit: `'people'`, publication_status: `'PUBLISHED'` }),
    records('place', 'plc', few, {
      slug,
      name: words(1),
      kind: `'CITY'`,
      region_id: someRegion(2),
      publication_status: `'PUBLISHED'`,
    }),
    records('partner', 'ptn', some, {
      slug,
      name_original: words(1),
      type: sometimes(3, 0.9, pick(4, PartnerType)),
      legal_status: sometimes(
        5,
        0.7,
        `(array['PUBLIC','BODY_GOVERNED_BY_PUBLIC_LAW','PRIVATE_NON_PROFIT','PRIVATE_FOR_PROFIT'])[1 + ${skewed(6, 4)}]`,
      ),
      specialisations: list(7),
      identifiers: `case when i % 100 = 1 then '[{"scheme":"PIC","value":"9"}]'::jsonb else '[]' end`,
      region_id: sometimes(9, 0.95, someRegion(10)),
    }),
    records('policy_instrument', 'pin', few, {
      slug,
      name: words(1),
      region_id: someRegion(2),
      responsible_id: someOf('ptn', 3, some),
    }),
    records('project', 'prj', some, {
      slug,
      acronym: `'P' || ${skewed(1, 9000)}`,
      title: words(2),
      programme_id: id('prg', `1 + ${skewed(4, programmes)}`),
      reference: `'R' || i`,
      start_date: sometimes(5, 0.9, day(6)),
      start_date_precision: sometimes(5, 0.9, `'DAY'`),
      end_date: sometimes(5, 0.5, `${day(6)} + 900`),
      end_date_precision: sometimes(5, 0.5, `'DAY'`),
      status: sometimes(7, 0.8, `(array['CLOSED','ONGOING','PLANNED'])[1 + ${skewed(8, 3)}]`),
      ...money('budget', 9),
      sectors: list(11),
      context_tags: list(13),
      target_groups: list(15),
    }),
    link('participation', count, {
      id: id('par', 'i'),
      project_id: id('prj', `1 + i % ${some}`),
      partner_id: someOf('ptn', 1, some),
      role: pick(2, ParticipationRole),
      position: '(i % 12)::smallint',
    }),
    link('project_theme', count, {
      project_id: id('prj', `1 + i % ${some}`),
      theme_id: id('thm', `1 + ${skewed(1, themes)}`),
    }),
    records('good_practice', 'gp', count, {
      slug,
      title: words(1),
      summary: `repeat(${words(3)} || ' ', 6)`,
      owner_id: sometimes(5, 0.8, someOf('ptn', 6, some)),
      identified_in_id: sometimes(7, 0.8, someOf('prj', 8, some)),
      start_date: sometimes(9, 0.8, day(10)),
      start_date_precision: sometimes(9, 0.8, `'DAY'`),
      end_date: sometimes(9, 0.4, `${day(10)} + 900`),
      end_date_precision: sometimes(9, 0.4, `'DAY'`),
      ongoing_as_of: sometimes(40, 0.4, `date '2025-01-01'`),
      ongoing_as_of_precision: sometimes(40, 0.4, `'DAY'`),
      is_ongoing: sometimes(40, 0.4, 'true'),
      ...money('cost', 11),
      sectors: list(13),
      keywords: list(15),
      target_groups: list(17),
      practice_type: sometimes(19, 0.7, `'type ' || ${skewed(20, 40)}`),
      maturity: sometimes(21, 0.8, pick(22, Maturity)),
      scope: sometimes(23, 0.8, pick(24, Scope)),
      validation_level: sometimes(25, 0.9, pick(26, ValidationLevel)),
      ...date('validated_on', 27, 0.5),
      validated_by_id: sometimes(27, 0.5, someOf('ptn', 28, some)),
      transferability_rating: sometimes(30, 0.5, `(1 + ${skewed(31, 5)})::smallint`),
    }),
    link('good_practice_region', count, { good_practice_id: id('gp', 'i'), region_id: someRegion(1) }),
    link('good_practice_place', few, { good_practice_id: id('gp', 'i'), place_id: id('plc', 'i') }),
    link('good_practice_theme', count * 1.5, {
      good_practice_id: id('gp', `1 + i % ${count}`),
      theme_id: id('thm', `1 + ${skewed(1, themes)}`),
    }),
    records('measurement', 'mea', count * 0.3, {
      practice_id: someOf('gp', 1, count),
      indicator_id: id('ind', `1 + ${skewed(2, few)}`),
      achieved: 'i',
    }),
    records('transfer', 'trf', count, {
      slug,
      title: words(1),
      kind: sometimes(3, 0.8, pick(4, TransferKind)),
      status: pick(5, TransferStatus),
      mechanisms: `array[${pick(6, TransferMechanism)}]`,
      reported_on: day(7),
      start_date: sometimes(8, 0.7, day(9)),
      start_date_precision: sometimes(8, 0.7, `'DAY'`),
      end_date: sometimes(8, 0.4, `${day(9)} + 900`),
      end_date_precision: sometimes(8, 0.4, `'DAY'`),
      ...money('funding', 10),
      funding_is_lasting: sometimes(12, 0.1, 'true'),
      destination_id: someRegion(13),
      destination_place_id: sometimes(14, 0.3, id('plc', `1 + ${skewed(15, few)}`)),
      receiver_id: sometimes(16, 0.7, someOf('ptn', 17, some)),
      project_id: sometimes(18, 0.7, someOf('prj', 19, some)),
      policy_instrument_id: sometimes(20, 0.2, id('pin', `1 + ${skewed(21, few)}`)),
    }),
    link('transfer_practice', count * 1.2, {
      transfer_id: id('trf', `1 + i % ${count}`),
      practice_id: someOf('gp', 1, count),
    }),
    link('transfer_origin', count, { transfer_id: id('trf', 'i'), region_id: someRegion(1) }),
    link('transfer_origin_place', count * 0.3, {
      transfer_id: id('trf', 'i'),
      place_id: id('plc', `1 + ${skewed(1, few)}`),
    }),
    records('outcome', 'out', count * 0.3, {
      transfer_id: someOf('trf', 1, count),
      indicator_id: id('ind', `1 + ${skewed(2, few)}`),
      target: '10',
      achieved: `floor(${chance(3)} * 12)`,
    }),
    records('event', 'evt', count, {
      slug,
      title: words(1),
      types: `array[${pick(3, EventKind)}]`,
      ...date('start_date', 4, 0.95),
      mode: pick(6, EventMode),
      region_id: someRegion(7),
      city_id: sometimes(8, 0.5, id('plc', `1 + ${skewed(9, few)}`)),
      project_id: sometimes(10, 0.8, someOf('prj', 11, some)),
    }),
    link('event_theme', count, { event_id: id('evt', 'i'), theme_id: id('thm', `1 + ${skewed(1, themes)}`) }),
    link('event_country', count, { event_id: id('evt', 'i'), region_id: someRegion(1) }),
    records('session', 'ses', count, { event_id: id('evt', 'i'), subject: words(1) }),
    link('session_practice', count * 0.5, { session_id: id('ses', 'i'), practice_id: someOf('gp', 1, count) }),
    records('event_role', 'rol', count, {
      event_id: id('evt', 'i'),
      role: `case when i % 3 = 0 then 'HOST' else 'SPEAKER' end`,
      partner_id: someOf('ptn', 1, some),
    }),
    records('output', 'opt', some, {
      slug,
      title: words(1),
      type: pick(3, OutputKind),
      is_main_result: sometimes(4, 0.05, 'true'),
      responsible_id: sometimes(5, 0.7, someOf('ptn', 6, some)),
      project_id: sometimes(7, 0.9, someOf('prj', 8, some)),
      ...date('published_on', 9, 0.6),
      languages: `array[chr(97 + ${skewed(11, 24)}) || 'x']`,
    }),
    records('output_update', 'upd', some, {
      output_id: someOf('opt', 1, some),
      reported_on: day(2),
      status: pick(3, OutputStatus),
    }),
    records('task', 'tsk', some, {
      slug,
      title: words(1),
      project_id: sometimes(3, 0.9, someOf('prj', 4, some)),
      assignee_id: sometimes(5, 0.9, someOf('ptn', 6, some)),
      kind: sometimes(7, 0.8, pick(8, TaskKind)),
      status: sometimes(9, 0.9, pick(10, TaskStatus)),
    }),
    records('action_plan', 'apl', some, {
      slug,
      title: words(1),
      project_id: sometimes(3, 0.9, someOf('prj', 4, some)),
      proposed_by_id: sometimes(5, 0.9, someOf('ptn', 6, some)),
      status: sometimes(7, 0.9, pick(8, ActionPlanStatus)),
      status_on: sometimes(9, 0.6, day(10)),
    }),
    link('action_plan_endorsement', some, { action_plan_id: id('apl', 'i'), partner_id: someOf('ptn', 1, some) }),
    records('action', 'act', count * 0.3, {
      action_plan_id: someOf('apl', 1, some),
      title: words(2),
      transfer_id: sometimes(4, 0.1, someOf('trf', 5, count)),
    }),
    records('source', 'src', some, {
      slug,
      url: `'https://example.org/source/' || i`,
      title: words(1),
      publisher: `'house ' || ${skewed(3, 2000)}`,
      kind: sometimes(4, 0.9, pick(5, SourceKind)),
      status: sometimes(6, 0.9, pick(7, SourceStatus)),
      licence: sometimes(8, 0.5, `'licence ' || ${skewed(9, 40)}`),
      ...date('published', 10, 0.6),
      retrieved: day(12),
    }),
  ];
}

/**
 * Fills every table of big lists with about `count` rows, as a bulk load does: indexes are built at the end, and of the
 * triggers only those work that keep what lists need. References are right by themselves.
 */
export async function fill(database: Database, count: number): Promise<void> {
  const texts = async (query: string) => (await execute<{ text: string }>(database, query)).map(({ text }) => text);
  const indexes = await texts(`select indexdef as text from pg_indexes where schemaname = 'public'
    and indexname not in (select conname from pg_constraint) and indexname <> 'region_code'`);
  const dropped = indexes.map((index) => `drop index ${/INDEX (\S+)/.exec(index)?.[1]}`);
  const keepers = await texts(
    `select format('alter table %s enable %%s trigger %I', tgrelid::regclass, tgname) as text from pg_trigger where tgname like 'keep\\_%'`,
  );
  const enabled = (how: string) => keepers.map((text) => text.replace('%s', how));
  const setting = (value: string) => `set session_replication_role = ${value}`;
  await execute(
    database,
    [
      setting('replica'),
      ...dropped,
      ...enabled('always'),
      ...manyRows(count),
      ...enabled(''),
      ...indexes,
      'analyze',
      setting('origin'),
    ].join(';\n'),
  );
}
