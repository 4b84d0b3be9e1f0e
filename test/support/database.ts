import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { connect, connectAdmin, execute } from './connect.js';

export { execute } from './connect.js';

export interface TestDatabase extends Database {
  name: string;
  /** The texts of what `readAs` ran since it was last emptied. */
  statements: string[];
}

/** `migrated` is empty, `seeded` holds the real seeds, `demonstration` what is made up beside them. */
export type Template = 'migrated' | 'seeded' | 'demonstration';

/** A database of this test file's own. Gone after the file. */
export async function aDatabase(template: Template = 'migrated'): Promise<TestDatabase> {
  const address = inject('postgres');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = connectAdmin(address);
  await execute(admin, `create database ${name} template ${template} strategy file_copy`);
  await admin.close();
  const statements: string[] = [];
  const database = connect(address, name, (sql) => statements.push(sql));
  afterAll(() => database.close());
  return Object.assign(database, { name, statements });
}
