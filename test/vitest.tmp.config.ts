import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would load graphql's .mjs beside the .js that CommonJS packages load: two realms, every instanceof fails.
  resolve: {
    alias: [
      { find: /^.*cli\/seed\.js$/, replacement: '/tmp/vt/seed.ts' },
      { find: /^graphql$/, replacement: 'graphql/index.js' },
    ],
  },
  test: {
    root: fileURLToPath('file:///work/main/'),
    include: ['test/**/*.test.ts'],
    globalSetup: ['/tmp/vt/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
