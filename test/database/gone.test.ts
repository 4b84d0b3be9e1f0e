import { pino } from 'pino';
import { expect, inject, test, vi } from 'vitest';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { aDatabase, execute } from '../support/database.js';
import { aProxy } from '../support/proxy.js';

test('when the database is gone, /readyz answers 503 and logs why, /livez does not care, and the app can close', async () => {
  const { name } = await aDatabase();
  const proxy = await aProxy();
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const config = readConfig({ PORT: '0', SEED: 'none', DATABASE_URL: proxy.url(name) }, {});
  const app = await createApp({ config, log });
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  proxy.close();
  const answer = await fetch(`${app.url}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'waiting', reason: 'The database does not answer.' });
  expect(logged.filter(({ msg }) => msg === 'not ready: The database does not answer.')).toMatchObject([
    { err: { type: 'DatabaseFault', message: expect.stringContaining('The database does not answer.') } },
  ]);
  expect((await fetch(`${app.url}/livez`)).status).toBe(200);
  await app.close();
});

test('an app whose server does not close lets go of its database all the same', async () => {
  const { name } = await aDatabase();
  const admin = await aDatabase();
  const { host, port, user } = inject('postgres');
  const url = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  const config = readConfig({ PORT: '0', SEED: 'none', DATABASE_URL: url }, {});
  const app = await createApp({ config, log: pino({ level: 'silent' }) });
  const close = vi.spyOn(app.server, 'close').mockRejectedValueOnce(new Error('cannot close') as never);
  await expect(app.close()).rejects.toThrow('cannot close');
  close.mockRestore();
  await app.server.close();
  const left = () => execute(admin, 'select count(*)::int as n from pg_stat_activity where datname = $1', [name]);
  await expect.poll(left, { timeout: 5_000 }).toEqual([{ n: 0 }]);
});
