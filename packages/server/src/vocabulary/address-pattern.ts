/** Stands where an address was. */
export const erasedMark = 'erased';

/**
 * A pattern that finds an email address inside other text, as PostgreSQL and JavaScript both read it, to be asked
 * without regard to case: as it is, in the query of an address (`ann%40shop.example`), and in JSON that escapes signs.
 * It does not find the address inside a longer one.
 */
export function addressPattern(email: string): string {
  const spelled = [...email.trim().toLowerCase()].map((sign) => spellings[sign] ?? escaped(sign)).join('');
  return `(?:(?<![a-z0-9._+-])|(?<=%[0-9a-f][0-9a-f]))${spelled}(?![a-z0-9-]|\\.[a-z0-9])`;
}

const spellings: Record<string, string> = {
  '@': '(?:@|%40|\\\\u0040)',
  '+': '(?:\\+|%2b|%20|\\\\u002b)',
};

function escaped(sign: string): string {
  return /[a-z0-9]/.test(sign) || sign.codePointAt(0)! > 127 ? sign : `\\${sign}`;
}
