import { newId } from '../../src/graph/ids.js';
import { records, type RecordTypeName } from '../../src/subgraphs/records.js';
import type { Database } from '../../src/database/database.js';
import { execute } from './connect.js';

type Columns = Record<string, unknown>;

let count = 0;
const next = (): number => (count += 1);

async function insert(database: Database, type: RecordTypeName, columns: Columns): Promise<{ id: string }> {
  const { prefix, table } = records[type];
  const row: Columns = { id: newId(prefix), ...columns };
  const names = Object.keys(row);
  const values = names.map((_, index) => `$${index + 1}`);
  await execute(
    database,
    `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${values.join(', ')})`,
    Object.values(row),
  );
  return { id: String(row['id']) };
}

/** A draft nobody but its owner and reviewers may see. */
export const draft = { publication_status: 'DRAFT' };
export const withdrawn = { publication_status: 'WITHDRAWN', withdrawn_reason: 'Entered twice.' };

export function aRegion(database: Database, code: string, columns: Columns = {}) {
  return insert(database, 'Region', {
    scheme: 'CUSTOM',
    code_version: 2024,
    code,
    level: 0,
    path: `2024/${code}/`,
    country_code: code,
    iso_country_code: code.slice(0, 2),
    name_local: code,
    name_latin: code,
    group: 'OTHER',
    ...columns,
  });
}

export function aPlace(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Place', { slug: `place-${n}`, name: `Place ${n}`, kind: 'CITY', ...columns });
}

export function aPartner(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Partner', { slug: `partner-${n}`, name_original: `Partner ${n}`, ...columns });
}

export function aProgramme(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Programme', { slug: `programme-${n}`, name: `Programme ${n}`, ...columns });
}

export function aProject(database: Database, columns: Columns & { programme_id: string }) {
  const n = next();
  return insert(database, 'Project', { slug: `project-${n}`, acronym: `P${n}`, title: `Project ${n}`, ...columns });
}

export function aParticipation(database: Database, columns: Columns & { project_id: string; partner_id: string }) {
  return insert(database, 'Participation', { role: 'PARTNER', ...columns });
}

export function aTheme(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Theme', {
    slug: `theme-${n}`,
    scheme: 'TEST',
    notation: `T${n}`,
    label: `Theme ${n}`,
    ...columns,
  });
}

export function anIndicator(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Indicator', { slug: `indicator-${n}`, name: `Indicator ${n}`, unit: 'people', ...columns });
}

export function aPractice(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'GoodPractice', { slug: `practice-${n}`, title: `Practice ${n}`, ...columns });
}

export function aMeasurement(database: Database, columns: Columns & { practice_id: string; indicator_id: string }) {
  return insert(database, 'Measurement', { achieved: 1, ...columns });
}

export function aTransfer(database: Database, columns: Columns & { destination_id: string }) {
  const n = next();
  return insert(database, 'Transfer', { slug: `transfer-${n}`, status: 'INTEREST', origin: 'ENTERED', ...columns });
}

export function aPolicyInstrument(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'PolicyInstrument', { slug: `instrument-${n}`, name: `Instrument ${n}`, ...columns });
}

export function anOutcome(database: Database, columns: Columns & { transfer_id: string; indicator_id: string }) {
  return insert(database, 'Outcome', { achieved: 1, ...columns });
}

export function aSource(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Source', { slug: `source-${n}`, url: `https://example.org/${n}`, ...columns });
}

export function aClaim(database: Database, columns: Columns & { record_id: string; source_id: string }) {
  return insert(database, 'Claim', { field: 'title', value: 'Something else', ...columns });
}

/** Puts a row into an edge table, such as `good_practice_theme`. */
export async function link(database: Database, table: string, columns: Record<string, string>): Promise<void> {
  const names = Object.keys(columns);
  await execute(
    database,
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(columns),
  );
}

export function anEvent(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Event', { slug: `event-${n}`, title: `Event ${n}`, ...columns });
}

export function aSession(database: Database, columns: Columns & { event_id: string }) {
  return insert(database, 'Session', { subject: 'A subject', ...columns });
}

/** Of a group, unless `partner_id` and a null `label` say otherwise. */
export function anEventRole(database: Database, columns: Columns & { event_id: string }) {
  return insert(database, 'EventRole', { role: 'SPEAKER', label: `group ${next()}`, ...columns });
}

export function anOutput(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Output', { slug: `output-${n}`, title: `Output ${n}`, type: 'GUIDE', ...columns });
}

export function anOutputUpdate(database: Database, columns: Columns & { output_id: string; reported_on: string }) {
  return insert(database, 'OutputUpdate', { status: 'IN_DEVELOPMENT', ...columns });
}

export function aTask(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'Task', { slug: `task-${n}`, title: `Task ${n}`, ...columns });
}

export function anActionPlan(database: Database, columns: Columns = {}) {
  const n = next();
  return insert(database, 'ActionPlan', { slug: `plan-${n}`, title: `Plan ${n}`, ...columns });
}

export function anAction(database: Database, columns: Columns & { action_plan_id: string }) {
  return insert(database, 'Action', { title: `Action ${next()}`, ...columns });
}
