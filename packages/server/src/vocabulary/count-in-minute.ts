/**
 * Counts how often each subject comes within a minute.
 *
 * @returns how often it has come in this minute, this time included
 */
export function minuteCounter(): (subject: string, now: Date) => number {
  const counts = new Map<string, { count: number }>();
  let minute = 0;
  return (subject, now) => {
    const current = Math.floor(now.getTime() / 60_000);
    if (current !== minute) counts.clear();
    minute = current;
    const known = counts.get(subject);
    // Counted in place: finding its entry is what takes the time.
    if (known !== undefined) return ++known.count;
    counts.set(subject, { count: 1 });
    return 1;
  };
}
