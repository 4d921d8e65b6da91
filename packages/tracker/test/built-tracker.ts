import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../dist/t.js', import.meta.url));

/** The script as shops load it. */
export function builtTracker(): string {
  if (!existsSync(file)) throw new Error('The tracker is not built: npm run build, then these tests.');
  return readFileSync(file, 'utf8');
}
