import { defineConfig } from 'vitest/config';
import { base, run } from '../vitest.config.js';

/** The table of all engines. */
export default defineConfig({
  ...base,
  test: { ...base.test, ...run, include: ['test/relevance/figures.ts'], testTimeout: 3_600_000 },
});
