import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { importInto, type Import } from '../../../src/cli/import.js';
import type { Done } from '../../../src/cli/import/summary.js';
import { execute, type TestDatabase } from '../../support/database.js';

/** A folder that is gone after the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'goodgraph-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file of this name in a folder of its own. */
export async function aFile(name: string, content: string | Buffer): Promise<string> {
  const path = join(await aFolder(), name);
  await writeFile(path, content);
  return path;
}

/** Organisations that take part in a project of the seeds. */
export const members = (head = '', fields = ''): string => `
source: https://example.org/members.csv
namespace: members
${head}
records:
  partner:
    key: id
    fields:
      nameOriginal: name
      region: { region: { code: nuts, name: place, country: country } }
      ${fields}
  participation:
    fields:
      project: { value: innocrafts }
      partner: { record: partner }
      role: { value: PARTNER }
      startDate: since
      endDate: until
      budget.amount: budget
      budget.currency: { value: EUR }
`;

export const header = 'id,name,nuts,place,country,since,until,budget';

export async function imported(
  database: TestDatabase,
  file: string,
  mapping: string,
  more: Partial<Import> = {},
): Promise<Done> {
  return importInto({ database, file, map: await aFile('mapping.yaml', mapping), ...more });
}

const tables = ['partner', 'project', 'participation', 'good_practice', 'programme', 'import_match', 'record_source'];

/** Everything that an import may write, but for the moment of it. */
export async function state(database: TestDatabase): Promise<unknown[]> {
  const rows = tables.map(
    (table) => `select '${table}' as "table", to_jsonb(t) - 'created_at' - 'updated_at' as row from ${table} t`,
  );
  return execute(database, `${rows.join(' union all ')} order by 1, 2`);
}

/** A name that is like no other. */
export function aName(number: number): string {
  const letters = createHash('md5')
    .update(String(number))
    .digest('base64url')
    .replaceAll(/[^a-z]/gi, '')
    .toLowerCase();
  return `${letters.slice(0, 6)} ${letters.slice(6, 13)} ${number}`;
}

/** So many rows: an organisation, one of a tenth as many projects, and its part in it. */
export function manyRows(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `${index},${aName(index)},AT1${1 + (index % 3)},P${index % (count / 10)},${index}.50`,
  );
  return `id,name,nuts,project,budget\n${rows.join('\n')}\n`;
}

export const manyMapping = `
source: https://example.org/many.csv
namespace: many
decimal: point
records:
  partner:
    key: id
    fields: { nameOriginal: name, region: { region: { code: nuts } } }
  project:
    key: project
    fields: { acronym: project, title: project, programme: { value: interreg-ivc } }
  participation:
    fields:
      project: { record: project }
      partner: { record: partner }
      role: { value: PARTNER }
      budget.amount: budget
      budget.currency: { value: EUR }
`;
