import { defineConfig } from 'vitest/config';
import { base, run } from '../vitest.config.js';

/** The full figure, or a router that runs already. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    ...run,
    include: [process.env['PARITY_AGAINST'] ? 'test/parity/against.ts' : 'test/parity/full.ts'],
    testTimeout: 3_600_000,
  },
});
