import { TouchstoneError } from '../../../vocabulary/errors.ts';
import type { SourceFile } from '../read/source-row.ts';

/**
 * Which of the given files play which part, by the patterns of the mapping; without patterns all are rows. Files that fit
 * no pattern are left alone.
 *
 * @throws invalid for a file that fits two patterns
 */
export function assignFiles(
  files: SourceFile[],
  patterns: Record<string, string> | undefined,
): Map<string, SourceFile[]> {
  if (patterns === undefined) return new Map([['rows', files]]);
  const assigned = new Map<string, SourceFile[]>(Object.keys(patterns).map((role) => [role, []]));
  for (const file of files) {
    const roles = Object.keys(patterns).filter((role) => matchesGlob(file.name, patterns[role]!));
    if (roles.length > 1) {
      throw new TouchstoneError(
        'invalid',
        `${file.name} fits both ${roles[0]} (${patterns[roles[0]!]}) and ${roles[1]} (${patterns[roles[1]!]}) of the mapping's files; make the patterns narrower.`,
      );
    }
    for (const role of roles) assigned.get(role)!.push(file);
  }
  return assigned;
}

/** `*` stands for any characters, `?` for one; upper and lower case are the same. */
function matchesGlob(name: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(name);
}
