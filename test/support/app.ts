import { pino } from 'pino';
import { afterAll, inject } from 'vitest';
import { createApp, type App } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { limits } from '../../src/graph/limits.js';
import { aDatabase, type TestDatabase } from './database.js';

export interface TestApp extends App {
  /** The same database, for the test itself. */
  database: TestDatabase;
  /** The texts of what requests ran. */
  statements: string[];
}

/** The whole application over HTTP on a free port, on a database of this test file's own; `deadline` in milliseconds. */
export async function anApp(
  template: 'migrated' | 'seeded' = 'migrated',
  variables: Record<string, string> = {},
  deadline?: number,
  quota: Partial<Record<keyof typeof limits.quota, number>> = {},
): Promise<TestApp> {
  const { host, port, user } = inject('postgres');
  const database = await aDatabase(template);
  const url = `postgresql://${user}@localhost:${port}/${database.name}?host=${encodeURIComponent(host)}`;
  const config = readConfig({ PORT: '0', SEED: 'none', DATABASE_URL: url, ...variables }, {});
  const operation = deadline ?? limits.deadline.operation;
  config.limits = {
    ...limits,
    deadline: { ...limits.deadline, operation } as typeof limits.deadline,
    quota: { ...limits.quota, ...quota } as typeof limits.quota,
  };
  const statements: string[] = [];
  const onStatement = (text: string) => void statements.push(text);
  const app = await createApp({ config, log: pino({ level: 'silent' }), onStatement });
  // What the start itself asked is not a request's.
  statements.length = 0;
  afterAll(() => app.close());
  return Object.assign(app, { database, statements });
}
