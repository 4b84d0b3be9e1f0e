import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { openStore } from '../src/store.js';

test('a database that does not close keeps nobody from opening the embedded cluster again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), `goodgraph-store-${randomUUID()}`));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const options = {
    config: readConfig({ DATA_DIR: dataDir }, {}),
    as: 'server',
    command: 'the tests',
    log: pino({ level: 'silent' }),
  } as const;
  const store = await openStore(options);
  const { close } = store.database;
  store.database.close = async () => {
    await close();
    throw new Error('cannot close');
  };
  await expect(store.close()).rejects.toThrow('cannot close');
  await (await openStore(options)).close();
});
