// Fails the build when the tracker weighs more than its budget, gzipped.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgetBytes = 1500;
const bytes = gzipSync(readFileSync(new URL('../dist/t.js', import.meta.url))).length;

console.log(`t.js: ${bytes} bytes gzipped of ${budgetBytes}`);
if (bytes > budgetBytes) {
  console.error('Too heavy: every page of every shop loads it. Take something out.');
  process.exit(1);
}
