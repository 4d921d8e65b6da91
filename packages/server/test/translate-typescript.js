import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A loader hook of Node: strips the types of our own sources, leaves everything else to the next loader. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  return { format: 'module', source: await translate(fileURLToPath(url)), shortCircuit: true };
}

// Kept between processes: a test that starts the same program eleven times waits 1 s for each and not 4.
const kept = fileURLToPath(new URL('../../../node_modules/.cache/touchstone-typescript/', import.meta.url));

async function translate(path) {
  const source = await readFile(path, 'utf8');
  const name = createHash('sha256').update(`${path}\n${source}`).digest('hex');
  const known = await readFile(kept + name, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;

  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, inlineSourceMap: true },
    fileName: path,
  });
  // Renamed when it is whole, since the process may be one that is killed.
  await mkdir(kept, { recursive: true });
  await writeFile(`${kept}${name}.${process.pid}`, outputText);
  await rename(`${kept}${name}.${process.pid}`, kept + name);
  return outputText;
}
