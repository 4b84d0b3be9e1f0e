import { exec } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { exportTo } from '../src/cli/export.js';
import { urlOf } from './support/app.js';
import { aDatabase, execute } from './support/database.js';
import { aFolder, contentsOf, differing } from './support/exports.js';
import { blocksOf, takeItWithYou, withoutNpx } from './support/readme.js';

const blocks = blocksOf(takeItWithYou);

test('the commands that take everything along and bring it back, pasted into a shell, do so', async () => {
  const [database, empty, folder] = [await aDatabase('seeded'), await aDatabase(), await aFolder()];
  const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ body }) => body.split('\n'));
  expect(commands.pop()).toBe('DATA_DIR=.data-restored SEED=none npm start');
  const script = withoutNpx(commands.join('\n'))
    .replaceAll('goodgraph-', `${folder}/goodgraph-`)
    .replaceAll('DATA_DIR=.data-restored', `DATABASE_URL='${urlOf(empty)}'`);
  const { stdout, stderr } = await promisify(exec)(`set -euo pipefail\n${script}`, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    timeout: 200_000,
    shell: '/bin/bash',
    env: { ...process.env, DATABASE_URL: urlOf(database), LOG_LEVEL: 'warn' },
  });
  expect(stderr).toBe('');
  const [practices] = await execute<{ count: string }>(database, 'select count(*) from good_practice');
  expect(stdout).toContain(`GoodPractice: ${practices?.count}\n`);
  expect(stdout).toContain(`All of ${folder}/goodgraph-backup is stored.\n`);
  const printed: unknown = JSON.parse(blocks.find(({ language }) => language === 'json')?.body ?? '');
  expect(JSON.parse(/^\{.*\}$/m.exec(stdout)?.[0] ?? '')).toEqual(printed);

  await exportTo({ database: empty, to: join(folder, 'again'), reader: 'ADMIN' });
  const backup = await contentsOf(join(folder, 'goodgraph-backup'));
  expect(differing(await contentsOf(join(folder, 'again')), backup)).toEqual([]);
}, 240_000);
