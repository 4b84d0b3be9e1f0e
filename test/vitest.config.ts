import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './support/closing-line-reporter.js';
import { LongestFirst } from './support/longest-first.js';

/** What every test runs with, be it here or among the full figures. */
export const base = {
  // Vite would load graphql's .mjs beside the .js that CommonJS packages load: two realms, every instanceof fails.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    pool: 'forks' as const,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
};

/** What belongs to a run as a whole. */
export const run = {
  globalSetup: ['test/support/global-setup.ts'],
  maxWorkers: 2,
  sequence: { sequencer: LongestFirst },
  reporters: ['default', new ClosingLineReporter()],
};

/** These leave nothing behind in their process, connections least of all, so that it loads the program once for all of them. */
const together = [
  ...['graph', 'subgraphs', 'http', 'web', 'cli', 'compat', 'examples', 'parity', 'relevance'].map(
    (folder) => `test/${folder}/**/*.test.ts`,
  ),
  ...['readme', 'readme-limits', 'reviewers-day', 'routers', 'take-it-with-you'].map((name) => `test/${name}.test.ts`),
];
const alone = [
  'test/subgraphs/bounds.test.ts',
  'test/subgraphs/discovery/search/narrowing.test.ts',
  'test/http/never-reads.test.ts',
];

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    ...run,
    projects: [
      { ...base, test: { ...base.test, name: 'together', include: together, exclude: alone, isolate: false } },
      {
        ...base,
        test: {
          ...base.test,
          name: 'apart',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/long/**', ...together],
        },
      },
      {
        ...base,
        test: { ...base.test, name: 'alone', include: alone },
      },
    ],
  },
});
