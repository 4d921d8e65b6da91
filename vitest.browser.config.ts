import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** Everything that is tried in a browser: the journeys of every day, each page for all to use, the tracker, the rarer ways. */
export default defineConfig({
  test: {
    ...everyday.test,
    include: ['packages/web/test/*.test.ts', 'packages/*/test/*.browser.ts'],
    testTimeout: 120_000,
  },
});
