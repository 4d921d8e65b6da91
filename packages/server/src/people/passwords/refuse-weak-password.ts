import { invalid } from '../../vocabulary/errors.ts';

/** Longer ones are refused before they are hashed. */
export const longestPassword = 200;

const shortest = 10;

/**
 * Refuses a password that would be among the first to be tried: short, well known, or made of who it belongs to.
 *
 * @param path where it stands in the input
 * @throws invalid
 */
export async function refuseWeakPassword(
  path: string,
  password: string,
  { email, name }: { email: string; name: string },
): Promise<void> {
  const length = [...password].length;
  if (length < shortest) throw invalid(path, `must have at least ${shortest} characters; it has ${length}`);
  if (length > longestPassword) throw invalid(path, `must have at most ${longestPassword} characters`);
  const letters = lettersOf(password);
  const own = [email, email.split('@')[0] ?? '', name].map(lettersOf).filter((word) => word.length > 3);
  if (own.some((word) => letters.replaceAll(word, '').length < 4)) {
    throw invalid(path, 'must not be made of the name or the address it belongs to');
  }
  const plain = plainly(password);
  if (new Set(plain).size < 4) throw invalid(path, 'must have at least four different characters');
  if ((await common()).has(plain)) {
    throw invalid(path, 'is one of the most common passwords; take another, such as three words of your own');
  }
}

function plainly(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

function lettersOf(text: string): string {
  return plainly(text).replace(/[^\p{L}\p{N}]/gu, '');
}

let known: Promise<Set<string>> | undefined;

/** Loaded when first asked for: 49,000 words take 5 MB that most processes never need. */
function common(): Promise<Set<string>> {
  known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) =>
      new Set((dictionary['passwords-common'] as string[]).filter((word) => word.length >= shortest)),
  );
  return known;
}
