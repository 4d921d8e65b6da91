import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    // They kill servers, and have a command of their own.
    exclude: ['packages/server/test/faults/**'],
    globalSetup: ['packages/server/test/draw-seed.ts', 'packages/server/test/one-database-server.ts'],
    setupFiles: ['packages/server/test/seed-properties.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Files share what they import, which took a third of the time to load anew for each. Databases are each file's own.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
