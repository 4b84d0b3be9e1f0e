import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { remove, replay, shell, stages } from '../support/dockerfile.js';
import { runs } from '../support/process.js';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map(remove)));

/** The image is not built: each step is done in a scratch directory, by this machine's npm and shell. */
test('the steps of the Dockerfile install, build and start the program', { timeout: 900_000 }, async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'goodgraph-image-'));
  folders.push(scratch);
  const [before, app] = [join(scratch, 'build'), join(scratch, 'app')];
  const [build = [], final = []] = await stages();
  await replay(build, { app: before, run: shell });
  // The machine's own npm cache stays as it is.
  await replay(final, {
    app,
    before,
    run: (command, cwd) => shell(command.replace(' && npm cache clean --force', ''), cwd),
  });
  const packages = await readdir(join(app, 'node_modules'));
  expect(packages).not.toContain('vitest');
  expect(packages).not.toContain('typescript');
  expect(packages.filter((name) => name.startsWith('node-linux'))).toEqual([]);

  const [, ...words] = JSON.parse(final.find(({ name }) => name === 'CMD')?.text ?? '[]') as string[];
  const { host, port, user } = inject('postgres');
  const { name } = await aDatabase();
  const running = runs('/bin/sh', ['-c', `cd ${app} && exec "$@"`, 'sh', process.execPath, ...words], {
    DATABASE_URL: `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
    PORT: '0',
  });
  const [, url] = await running.says(/answers at (http:[^"\s]+)\/graphql/);
  const asked = await fetch(`${url}/graphql?query=${encodeURIComponent('{ projects { totalCount } }')}`);
  expect(await asked.json()).toMatchObject({ data: { projects: { totalCount: 4 } } });

  // Without the packages of developers one composer checks a partner's subgraph, and the report says so.
  const file = join(app, 'examples/partner-subgraph/workshops.graphql');
  const check = runs(process.execPath, [join(app, 'dist/main.js'), 'subgraph', 'check', file]);
  expect(await check.ended).toBe(0);
  expect(check.output()).toMatch(/^composition: passed; one composer was asked; the second comes with/m);
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(0);
});
