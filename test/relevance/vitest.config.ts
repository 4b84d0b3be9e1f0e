import { defineConfig } from 'vitest/config';
import config from '../vitest.config.js';

/** The table of all engines. */
export default defineConfig({
  ...config,
  test: { ...config.test, include: ['test/relevance/figures.ts'], testTimeout: 3_600_000 },
});
