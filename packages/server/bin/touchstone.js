#!/usr/bin/env node
// Stands beside the build rather than in it, so that npm finds something to link before anything is built.
await import('../dist/cli/main.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('dist/cli/main.js')) throw error;
  console.error('Touchstone is not built yet: run "npm run build" first.');
  process.exitCode = 1;
});
