import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The exit code and the last lines of a run of the tests. */
async function run(file: string, env: Record<string, string> = {}) {
  const vitest = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', file],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [said, [code]] = await Promise.all([text(vitest.stdout), once(vitest, 'exit')]);
  return { code: code as number, last: said.trimEnd().split('\n').slice(-2) };
}

test('a run that does not come to its tests fails, and says why in its last lines', async () => {
  const { code, last } = await run('test/config.test.ts', { TMPDIR: '/nowhere/at/all' });
  expect(code).toBe(1);
  expect(last).toEqual([
    expect.stringMatching(/^The tests did not begin\. Error: ENOENT: .*\/nowhere\/at\/all\//),
    '0 passed, 1 failed',
  ]);
});
