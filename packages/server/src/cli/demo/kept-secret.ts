import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A random secret that is made once and kept in a file that only its owner reads. */
export function keptSecret(file: string, prefix: string): string {
  mkdirSync(dirname(file), { recursive: true });
  const made = `${prefix}${randomBytes(18).toString('base64url')}\n`;
  try {
    writeFileSync(file, made, { mode: 0o600, flag: 'wx' });
    return made.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8').trim();
  }
}
