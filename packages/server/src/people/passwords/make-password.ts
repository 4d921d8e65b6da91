import { randomInt } from 'node:crypto';

// No letter that is read as another one.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be told once and changed: four groups of five letters, 99 bits. */
export function makePassword(): string {
  const letter = () => letters[randomInt(letters.length)];
  return Array.from({ length: 4 }, () => Array.from({ length: 5 }, letter).join('')).join('-');
}
