// Runs dependency-cruiser with the rules of the house and asserts that it read every module: on a syntax it does not
// know it would read none, find no fault and look green.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';

const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const roots = ['packages/server/src', 'packages/web/src', 'packages/tracker/src'];

const { output } = await cruise(roots, {
  ...config.options,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
  outputType: 'json',
});
const result = JSON.parse(output);

const cruised = new Set(result.modules.map((module) => module.source));
const unread = roots.flatMap(listModules).filter((file) => !cruised.has(file));
const importing = result.modules.filter((module) => module.dependencies.length > 0).length;
const withImports = roots
  .flatMap(listModules)
  .filter((file) => /^import |^export .* from /m.test(readFileSync(file, 'utf8')));

for (const { rule, from, to } of result.summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
for (const file of unread) console.error(`not read: ${file}`);
if (importing < withImports.length) {
  console.error(`only ${importing} of ${withImports.length} modules with imports were understood`);
}
const failed = result.summary.violations.length > 0 || unread.length > 0 || importing < withImports.length;
console.log(`${cruised.size} modules cruised, ${result.summary.violations.length} violations`);
process.exit(failed ? 1 : 0);

function listModules(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`);
}
