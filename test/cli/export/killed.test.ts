import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verified } from '../../../src/cli/restore/verify.js';
import { foundFolder } from '../../../src/cli/export/folder.js';
import { aDatabase } from '../../support/database.js';
import { aFolder, exported } from '../../support/exports.js';
import { aPractice } from '../../support/factories.js';
import { exportKilledAt, left } from '../../support/killed.js';

const database = await aDatabase();
await aPractice(database, { slug: 'old' });
const path = join(await aFolder(), 'export');
const old = await exported(database, 'PUBLIC', path);
await aPractice(database, { slug: 'new' });
const whole = await exported(database, 'PUBLIC');

/** The calls of an export that replaces one end with: rename, rename, open, sync and close of the folder above, rm. */
const last = 6;

test(
  'an export that is killed leaves the old one whole, and the next one takes its place',
  { timeout: 120_000 },
  async () => {
    const { ended, calls } = await exportKilledAt(database, `${path}-other`, 1_000);
    expect(ended).toBe(0);
    // The old one steps aside, and is removed; and of each run that was killed the next removes what it left.
    const total = calls + 2 + 1;
    for (const [at, beside] of [
      [40, [/^export\.partial-\d+$/]],
      [total - last + 1, [/^export\.partial-\d+$/]],
      [total - last + 2, [/^export\.partial-\d+$/, /^export\.replaced$/]],
    ] as const) {
      expect((await exportKilledAt(database, path, at)).ended).toBe('SIGKILL');
      const found = await left(path);
      expect(found.contents).toEqual(old);
      expect(found.beside).toEqual(beside.map((pattern) => expect.stringMatching(pattern) as unknown));
      await expect(verified(String(await foundFolder(path)), path)).resolves.toMatchObject({ readAs: 'PUBLIC' });
    }
    expect((await exportKilledAt(database, path, 1_000)).ended).toBe(0);
    expect(await left(path)).toEqual({ contents: whole, beside: [] });
  },
);
