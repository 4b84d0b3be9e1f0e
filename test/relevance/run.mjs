// npm run relevance [-- [FOLDER] [--failures] [--keep]]: how well each engine answers our own questions, and those of a test
// collection. --failures lists what was answered badly; --keep takes the figures of PostgreSQL as what tests compare with.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { failures: { type: 'boolean' }, keep: { type: 'boolean' } },
});
const [folder] = positionals;
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'test/relevance/vitest.config.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(folder && { RELEVANCE_FOLDER: folder }),
    ...(values.failures && { RELEVANCE_FAILURES: 'yes' }),
    ...(values.keep && { RELEVANCE_KEEP: 'yes' }),
  },
});
process.exit(status ?? 1);
