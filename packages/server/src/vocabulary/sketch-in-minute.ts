/**
 * Counts how often each subject comes within a minute, as `minuteCounter`, in 2 MB however many subjects there are: a
 * count-min sketch of two rows with conservative update (Cormode and Muthukrishnan, 2005; Estan and Varghese, 2002).
 *
 * It never says too few. It says too many where others share both cells of a subject: of 600,000 subjects that come once,
 * a fifth is said to have come twice, and none thirty times, since a cell is shared by 0.6 of them.
 *
 * @param seed decides who shares a cell with whom; a process takes one by chance
 * @returns how often it has come in this minute at most, this time included; 255 is that often or more
 */
export function minuteSketch(seed: number): (subject: string, now: Date) => number {
  const counts = new Uint8Array(2 * cells);
  let minute = 0;
  return (subject, now) => {
    const current = Math.floor(now.getTime() / 60_000);
    if (current !== minute) counts.fill(0);
    minute = current;
    const hash = hashOf(subject, seed);
    const one = hash % cells;
    const other = cells + (Math.imul(hash, 0x9e3779b1) >>> 12);
    const count = Math.min(counts[one]!, counts[other]!, 254) + 1;
    counts[one] = Math.max(counts[one]!, count);
    counts[other] = Math.max(counts[other]!, count);
    return count;
  };
}

const cells = 2 ** 20;

/** FNV-1a over the text's units, finished as MurmurHash3 does; 32 bits. */
function hashOf(text: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
