// tsc carries only TypeScript into dist/; the migrations are plain SQL and travel beside it.
import { cpSync } from 'node:fs';

const server = new URL('../packages/server/', import.meta.url);
cpSync(new URL('src/database/migrations/', server), new URL('dist/database/migrations/', server), {
  recursive: true,
});
