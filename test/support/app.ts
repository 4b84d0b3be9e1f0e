import { pino } from 'pino';
import { afterAll, inject } from 'vitest';
import { createApp, type App } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { aDatabase } from './database.js';

/** The whole application over HTTP on a free port, on a database of this test file's own. */
export async function anApp(
  template: 'migrated' | 'seeded' = 'migrated',
  variables: Record<string, string> = {},
): Promise<App> {
  const { host, port, user } = inject('postgres');
  const { name } = await aDatabase(template);
  const url = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  const config = readConfig({ PORT: '0', SEED: 'none', DATABASE_URL: url, ...variables }, {});
  const app = await createApp({ config, log: pino({ level: 'silent' }) });
  afterAll(() => app.close());
  return app;
}
