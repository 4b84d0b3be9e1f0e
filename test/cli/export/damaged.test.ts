import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../../src/cli/export/manifest.js';
import { restoreFrom } from '../../../src/cli/restore.js';
import { urlOf } from '../../support/app.js';
import { aDatabase, execute } from '../../support/database.js';
import { aFolder, exported } from '../../support/exports.js';
import * as a from '../../support/factories.js';
import { goodgraph } from '../../support/process.js';

const original = await aDatabase();
const region = await a.aRegion(original, 'XA');
const partner = await a.aPartner(original, {
  slug: 'artex',
  region_id: region.id,
  identifiers: '[{"scheme":"PIC","value":"1"}]',
});
const practice = await a.aPractice(original, {
  slug: 'fuse',
  title: 'FUSE',
  owner_id: partner.id,
  cost_amount: '5.00',
  cost_currency: 'EUR',
});
await a.link(original, 'good_practice_region', { good_practice_id: practice.id, region_id: region.id });
const source = await a.aSource(original, { slug: 'a-page' });
await a.aClaim(original, { record_id: practice.id, source_id: source.id });
const folder = await aFolder();
const good = join(folder, 'good');
await exported(original, 'PUBLIC', good);
const empty = await aDatabase();

/** What is said of an export after something was done to it; nothing of it is stored. */
async function said(damage: (path: string) => Promise<unknown>): Promise<string> {
  const path = join(folder, 'bad');
  await rm(path, { recursive: true, force: true });
  await cp(good, path, { recursive: true });
  await damage(path);
  const message = await restoreFrom({ database: empty, from: path }).then(
    () => 'it was stored',
    (error: unknown) => (error as Error).message,
  );
  expect(
    await execute(empty, 'select from region union all select from change union all select from revision'),
  ).toEqual([]);
  return message
    .replaceAll(path, 'DIR')
    .replace('DIR cannot be imported, and nothing of it was stored:\n', '')
    .replaceAll(/[0-9a-f]{64}/g, 'SHA')
    .replaceAll(/\w+_[0-9a-z]{26}/g, 'ID')
    .replaceAll(/\d{3,}(?= bytes|\.$)/g, 'MANY')
    .replace(/(?<=it is no JSON: ).*/, '…')
    .replace(/(?<=Known are Account, ).*/, '…');
}

const edited = (name: string, edit: (text: string) => string) => async (path: string) =>
  writeFile(join(path, name), edit(await readFile(join(path, name), 'utf8')));

const manifest = (edit: (given: Manifest) => unknown) =>
  edited('manifest.json', (text) => {
    const given = JSON.parse(text) as Manifest;
    return JSON.stringify(edit(given) ?? given);
  });

/** Edits a file, and makes the manifest agree: as somebody would who knows how. */
const forged = (type: string, edit: (text: string) => string) => async (path: string) => {
  await edited(`${type}.ndjson`, edit)(path);
  const text = await readFile(join(path, `${type}.ndjson`));
  await manifest(({ files }) => {
    const entry = files.find((each) => each.type === type);
    Object.assign(entry ?? {}, {
      bytes: text.length,
      lines: text.toString().split('\n').length - 1,
      sha256: createHash('sha256').update(text).digest('hex'),
    });
  })(path);
};

const line = (edit: (given: Record<string, unknown>) => unknown) => (text: string) => {
  const given = JSON.parse(text) as Record<string, unknown>;
  return `${JSON.stringify(edit(given) ?? given)}\n`;
};

test.each([
  [
    'cut off',
    (path: string) => truncate(join(path, 'Partner.ndjson'), 100),
    '  Partner.ndjson was cut off: it has 100 of MANY bytes.',
  ],
  [
    'a byte that changed',
    edited('Partner.ndjson', (text) => text.replace('artex', 'artey')),
    '  Partner.ndjson was changed: its SHA-256 is SHA instead of SHA.',
  ],
  [
    'something added',
    edited('Partner.ndjson', (text) => `${text}\n`),
    '  Partner.ndjson is longer than it was: it has MANY bytes instead of MANY.',
  ],
  [
    'missing files',
    async (path: string) => Promise.all(['Claim', 'Region'].map((type) => rm(join(path, `${type}.ndjson`)))),
    '  Claim.ndjson is missing.\n  Region.ndjson is missing.',
  ],
  [
    'a folder for a file',
    async (path: string) => {
      await rm(join(path, 'Task.ndjson'));
      await mkdir(join(path, 'Task.ndjson'));
    },
    '  Task.ndjson is a folder.',
  ],
  [
    'another file',
    async (path: string) => writeFile(join(path, 'Extra.ndjson'), ''),
    '  Extra.ndjson is not in the manifest. Take it out, or export again.',
  ],
  [
    'no manifest',
    async (path: string) => rm(join(path, 'manifest.json')),
    'DIR is no export: its manifest.json cannot be read (ENOENT).',
  ],
  [
    'half a manifest',
    async (path: string) => truncate(join(path, 'manifest.json'), 500),
    '  manifest.json is not that of an export, or was cut off.',
  ],
  [
    'a newer format',
    manifest((given) => ({ ...given, formatVersion: 2 })),
    '  manifest.json: the format 2 is not known; this GoodGraph reads format 1. Update GoodGraph.',
  ],
  [
    'a newer schema',
    manifest((given) => ({ ...given, migration: '9999-later' })),
    '  manifest.json: a newer GoodGraph wrote it (migration 9999-later). Update GoodGraph.',
  ],
  [
    'a manifest of another form',
    manifest((given) => ({ ...given, files: [{ ...given.files[0], lines: -1 }] })),
    '  manifest.json files.0.lines: Too small: expected number to be >=0',
  ],
  [
    'a file elsewhere',
    manifest(({ files }) => Object.assign(files[0] ?? {}, { file: '../x.ndjson' }) && undefined),
    '  manifest.json files.0.file: is not the name of a file beside the manifest',
  ],
  [
    'the wrong count',
    manifest(({ files }) => void Object.assign(files[0] ?? {}, { lines: 5 })),
    '  Action.ndjson has 0 lines; the manifest says 5.',
  ],
  [
    'an unknown type',
    manifest(({ files }) => void Object.assign(files[0] ?? {}, { type: 'Deed' })),
    '  manifest.json: there is no type Deed here. Known are Account, …',
  ],
  [
    'an unknown field',
    manifest(({ files }) => void Object.assign(files[0]?.fields ?? {}, { colour: 'text' })),
    '  manifest.json: Action.colour is "text" there, and here "not known".',
  ],
  [
    'a field of another kind',
    manifest(({ files }) => void Object.assign(files[0]?.fields ?? {}, { version: 'text' })),
    '  manifest.json: Action.version is "text" there, and here "integer".',
  ],
  [
    'lines that are no records, and one twice',
    forged('Partner', (text) => `${text}{"id":\n[]\n${text}`),
    `  Partner.ndjson:2: it is no JSON: …
  Partner.ndjson:3: it is no object.
  Partner.ndjson:4 id: ID does not come after ID, the one before.`,
  ],
  [
    'values of other kinds',
    forged(
      'GoodPractice',
      line((given) => ({
        ...given,
        version: '1',
        title: null,
        costAmount: 5,
        createdAt: 'today',
        isOngoing: 'no',
        keywords: [1],
        links: 'none',
        startDate: '2012',
        regions: [1],
        sources: {},
        statusHistory: [],
        evidence: undefined,
      })),
    ),
    `  GoodPractice.ndjson:1 evidence: it is missing.
  GoodPractice.ndjson:1 statusHistory: the manifest does not tell of this field.
  GoodPractice.ndjson:1 createdAt: "today" is not a time in UTC, such as "2012-01-31T12:00:00+00:00".
  GoodPractice.ndjson:1 version: "1" is not a whole number.
  GoodPractice.ndjson:1 title: null is not a text.
  GoodPractice.ndjson:1 startDate: "2012" is not a day in a text, such as "2012-01-31".
  GoodPractice.ndjson:1 isOngoing: "no" is not true or false.
  GoodPractice.ndjson:1 costAmount: 5 is not a decimal in a text, such as "12.50".
  GoodPractice.ndjson:1 keywords: [1] is not a list of texts.
  GoodPractice.ndjson:1 links: "none" is not a list or an object.
  GoodPractice.ndjson:1 regions.0: 1 is not an id.
  GoodPractice.ndjson:1 sources: {} is not a list.`,
  ],
  [
    'a value that no column takes',
    forged(
      'GoodPractice',
      line((given) => ({ ...given, maturity: 'RIPE' })),
    ),
    '  GoodPractice.ndjson:1: new row for relation "good_practice" violates check constraint "good_practice_maturity_check".',
  ],
  [
    'a key that names nothing',
    forged(
      'GoodPractice',
      line((given) => ({ ...given, ownerId: 'ptn_00000000000000000000000000' })),
    ),
    '  GoodPractice.ndjson:1: Key (owner_id)=(ID) is not present in table "partner".',
  ],
  [
    'a claim of nothing',
    forged(
      'Claim',
      line((given) => ({ ...given, recordId: 'gp_00000000000000000000000000' })),
    ),
    '  Claim.ndjson ID: recordId ID names no record of this export.',
  ],
])('%s', async (_, damage, message) => {
  const found = await said(damage as (path: string) => Promise<unknown>);
  expect(found).toBe(message);
});

test('a database that holds something takes nothing, and says what it holds', async () => {
  const database = await aDatabase();
  await a.aTheme(database);
  await expect(restoreFrom({ database, from: good })).rejects.toThrow(
    'The database is not empty (Revision: 1, Theme: 1), and an import mixes nothing. Name an empty one by DATABASE_URL, or a new folder by DATA_DIR, which no server with seeds has started on.',
  );
  expect(await execute(database, 'select from theme')).toHaveLength(1);
});

test('goodgraph import takes an export whose replacement was cut off, once', { timeout: 120_000 }, async () => {
  const path = join(folder, 'moved');
  await cp(good, path, { recursive: true });
  await rename(path, `${path}.replaced`);
  const database = await aDatabase();
  const environment = { DATABASE_URL: urlOf(database), LOG_LEVEL: 'warn' };
  const first = goodgraph(['import', path], environment);
  expect([await first.ended, first.output().split('\n').slice(-2)]).toEqual([0, [`All of ${path} is stored.`, '']]);
  await expect(restoreFrom({ database, from: path })).rejects.toThrow(
    'The database is not empty (Claim: 1, GoodPractice: 1, Partner: 1, Region: 1, Revision: 6, Source: 1), and',
  );
});
