import { defineConfig } from 'vitest/config';
import { base, run } from './vitest.config.js';

/** The full figures, on top of what every run checks. */
export default defineConfig({ ...base, test: { ...base.test, ...run, include: ['test/long/**/*.test.ts'] } });
