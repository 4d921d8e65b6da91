// Fails the build when the scripts that the first page needs weigh more than the budget, gzipped.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgetBytes = 250_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
// The overview is where everybody lands, so its own code counts as initial too; its charts come when they are drawn.
const landing = Object.keys(manifest).find((name) => name.endsWith('pages/overview/OverviewPage.tsx'));
const needed = new Set();
for (const start of [entry, landing]) if (start !== undefined) addWithImports(start);

const sizes = [...needed]
  .map((name) => manifest[name].file)
  .filter((file) => file.endsWith('.js'))
  .map((file) => ({ file, bytes: gzipSync(readFileSync(new URL(file, dist))).length }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

console.log(`initial JavaScript: ${kilobytes(total)} gzipped of ${kilobytes(budgetBytes)}`);
if (total > budgetBytes) {
  for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) {
    console.error(`  ${kilobytes(bytes)}  ${file}`);
  }
  console.error('Too heavy: load what the first page does not need when it is needed.');
  process.exit(1);
}

function addWithImports(name) {
  if (needed.has(name)) return;
  needed.add(name);
  for (const imported of manifest[name].imports ?? []) addWithImports(imported);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
