import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TouchstoneError } from '../vocabulary/errors.ts';

/** One step of the schema. `checksum` is SHA-256 (hex) of the way up, whatever its line endings. */
export type Migration = {
  number: number;
  name: string;
  checksum: string;
  up: string;
  down: string;
};

export const ownMigrations = fileURLToPath(new URL('./migrations/', import.meta.url));

/**
 * Reads `NNNN_name.up.sql` and its way back `NNNN_name.down.sql`, in order of number.
 * Refuses a folder in which two steps have one number, or a step has no way back. Numbers may be left out.
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const ups = files.filter((file) => file.endsWith('.up.sql'));
  const migrations = await Promise.all(ups.map((file) => readMigration(folder, file)));
  refuseDoubles(migrations);
  const expected = migrations.flatMap(({ name }) => [`${name}.down.sql`, `${name}.up.sql`]);
  const stray = files.find((file) => !expected.includes(file));
  if (stray !== undefined) throw refused(`${stray} has no way up; name it NNNN_name.up.sql and .down.sql.`);
  return migrations;
}

function refuseDoubles(migrations: Migration[]): void {
  const double = migrations.find(({ number }, place) => number === migrations[place - 1]?.number);
  if (double !== undefined)
    throw refused(`${double.name} has the number of another step; give it the next one.`);
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const name = file.slice(0, -'.up.sql'.length);
  const number = Number(/^(\d{4})_[a-z0-9_]+$/.exec(name)?.[1]);
  if (Number.isNaN(number)) throw refused(`${file} is no step; name it NNNN_name.up.sql.`);
  const up = await readText(join(folder, file));
  const down = await readText(join(folder, `${name}.down.sql`));
  return {
    number,
    name,
    up,
    down,
    checksum: createHash('sha256').update(up).digest('hex'),
  };
}

async function readText(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw refused(`${path} cannot be read; every step needs its way back beside it.`);
  });
  return text.replaceAll('\r\n', '\n');
}

function refused(message: string): TouchstoneError {
  return new TouchstoneError('configuration', `Migrations: ${message}`);
}
