type Row = Record<string, unknown>;

/**
 * Rows by one of their columns, the highest first unless asked otherwise; what is unknown comes last in either
 * direction. Equal ones stand by revenue, then by name, so that the same question has the same answer.
 */
export function rankBy<R extends Row & { revenue: number; name?: string | null }>(
  rows: R[],
  sort: keyof R & string,
  order: 'asc' | 'desc' = 'desc',
): (R & { rank: number })[] {
  const sorted = rows.toSorted(
    (a, b) =>
      compareKnown(a[sort], b[sort], order) || b.revenue - a.revenue || compare(a.name ?? '', b.name ?? ''),
  );
  return sorted.map((row, place) => ({ rank: place + 1, ...row }));
}

function compareKnown(a: unknown, b: unknown, order: 'asc' | 'desc'): number {
  const [unknownA, unknownB] = [a ?? null, b ?? null].map((value) => value === null);
  if (unknownA || unknownB) return Number(unknownA) - Number(unknownB);
  const way = order === 'asc' ? 1 : -1;
  return (
    way * (typeof a === 'number' && typeof b === 'number' ? compare(a, b) : compare(String(a), String(b)))
  );
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
