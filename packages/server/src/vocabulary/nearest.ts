import { distance } from 'fastest-levenshtein';

/** The known word that was probably meant: the one with the fewest edits, when they are few for its length. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const best = known
    .map((candidate) => ({ candidate, edits: edits(plain(word), plain(candidate)) }))
    .sort((a, b) => a.edits - b.edits)[0];
  const most = Math.max(1, Math.floor(plain(word).length / 3));
  return best !== undefined && best.edits <= most ? best.candidate : undefined;
}

// unitPrice and unit-price mean unit_price; nobody types 40 letters of a known word.
function plain(word: string): string {
  return word
    .slice(0, 40)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

// Swapped letters are one slip, not two.
function edits(a: string, b: string): number {
  const letters = (word: string) => [...word].sort().join('');
  return a !== b && letters(a) === letters(b) ? 1 : distance(a, b);
}
