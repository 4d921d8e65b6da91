export type Grain = 'day' | 'quarter';

export const grainMilliseconds: Record<Grain, number> = { day: 86_400_000, quarter: 900_000 };

/** The start of the UTC day or quarter hour that holds an instant. */
export function bucketOf(instant: Date, grain: Grain): Date {
  const width = grainMilliseconds[grain];
  return new Date(Math.floor(instant.getTime() / width) * width);
}
