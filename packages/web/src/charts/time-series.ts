import type { Interval } from '../format/time.ts';

/** A line or bars over time; null is a gap. */
export type TimeSeries = {
  name: string;
  /** A colour or a variable of the page, `var(--hue-1)`. */
  color: string;
  kind?: 'line' | 'bar';
  /** Drawn thin and grey: what was before. */
  previous?: boolean;
  values: (number | null)[];
};

export type TimeChartProps = {
  /** What the chart shows, for those who do not see it. */
  label: string;
  /** When each bucket starts, ISO 8601. */
  starts: string[];
  interval: Interval;
  timeZone: string;
  series: TimeSeries[];
  /** How many of the last buckets are not over yet; they are dashed. */
  incomplete?: number;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  height?: number;
};
