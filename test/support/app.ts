import { pino, type Logger } from 'pino';
import { inject } from 'vitest';
import { createApp, type App } from '../../src/app.js';
import { readConfig, type Config } from '../../src/config.js';
import { atEnd } from './at-end.js';
import { aDatabase, type Template, type TestDatabase } from './database.js';

export interface TestApp extends App {
  /** The same database, for the test itself. */
  database: TestDatabase;
  /** The texts of what requests ran. */
  statements: string[];
}

/** Limits of a test's own, in the place of ours. */
export interface TestLimits {
  operations?: Partial<Record<keyof Config['limits']['operations'], number>>;
  quota?: Partial<Record<keyof Config['limits']['quota'], number>>;
  failedSignIns?: Partial<Record<keyof Config['limits']['failedSignIns'], number>>;
  lists?: Partial<Record<keyof Config['limits']['lists'], number>>;
  slow?: number;
  connections?: number;
  /** The deadline of a statement. */
  statement?: number;
  /** What a client has for taking an answer. */
  reading?: number;
}

/** How another program finds a database of the test cluster. */
export function urlOf({ name }: TestDatabase): string {
  const { host, port, user } = inject('postgres');
  return `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
}

/** The whole application over HTTP on a free port, on a database of this test file's own; `deadline` in milliseconds. */
export async function anApp(
  template: Template = 'migrated',
  variables: Record<string, string> = {},
  deadline?: number,
  {
    log = pino({ level: 'silent' }),
    shared,
    operations,
    quota,
    failedSignIns,
    lists,
    statement,
    reading,
    ...others
  }: TestLimits & { log?: Logger; shared?: TestDatabase } = {},
): Promise<TestApp> {
  const database = shared ?? (await aDatabase(template));
  const config = readConfig({ PORT: '0', SEED: 'none', DATABASE_URL: urlOf(database), ...variables }, {});
  const { limits } = config;
  config.limits = {
    ...limits,
    ...others,
    quota: { ...limits.quota, ...quota },
    failedSignIns: { ...limits.failedSignIns, ...failedSignIns },
    lists: { ...limits.lists, ...lists },
    operations: { ...limits.operations, ...operations },
    deadline: {
      ...limits.deadline,
      operation: deadline ?? limits.deadline.operation,
      statement: statement ?? limits.deadline.statement,
      reading: reading ?? limits.deadline.reading,
    },
  } as typeof limits;
  const statements: string[] = [];
  const onStatement = (text: string) => void statements.push(text);
  const app = await createApp({ config, log, onStatement });
  // What the start itself asked is not a request's.
  statements.length = 0;
  atEnd(() => app.close());
  return Object.assign(app, { database, statements });
}
