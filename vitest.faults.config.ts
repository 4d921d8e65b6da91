import { defineConfig } from 'vitest/config';

// Suites that kill servers: longer than a coffee is hot, so they have a command of their own.
export default defineConfig({
  test: {
    include: ['packages/server/test/faults/**/*.test.ts'],
    globalSetup: ['packages/server/test/one-database-server.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
  },
});
