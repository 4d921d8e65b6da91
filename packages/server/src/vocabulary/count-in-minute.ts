/**
 * Counts how often each subject comes within a minute.
 *
 * @returns how often it has come in this minute, this time included
 */
export function minuteCounter(): (subject: string, now: Date) => number {
  const counts = new Map<string, number>();
  let minute = 0;
  return (subject, now) => {
    const current = Math.floor(now.getTime() / 60_000);
    if (current !== minute) counts.clear();
    minute = current;
    const count = (counts.get(subject) ?? 0) + 1;
    counts.set(subject, count);
    return count;
  };
}
