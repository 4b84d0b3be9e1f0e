import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** The full figures, on top of what every run checks. */
export default defineConfig({ ...config, test: { ...config.test, include: ['test/long/**/*.test.ts'], exclude: [] } });
