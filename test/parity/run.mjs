// npm run parity [-- --count 10000] [-- --against http://127.0.0.1:4000/graphql --database postgresql://…]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    against: { type: 'string' },
    database: { type: 'string' },
  },
});
if ((values.against === undefined) !== (values.database === undefined)) {
  process.stderr.write('--against URL goes with --database URL: the database behind the subgraphs of that router.\n');
  process.exit(1);
}
const { count = values.against ? '300' : '10000', against = '', database = '' } = values;
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'test/parity/vitest.config.ts'], {
  stdio: 'inherit',
  env: { ...process.env, PARITY_COUNT: count, PARITY_AGAINST: against, PARITY_DATABASE: database },
});
process.exit(status ?? 1);
