import type { Interval } from '../format/time.ts';
import { useUrlState } from '../url-state.ts';
import { fittingInterval, intervals } from './interval.ts';
import type { DayRange } from './ranges.ts';

/** The interval of a view's time lines: the one that was chosen, else the one that fits the range. */
export function useInterval(range: DayRange): Interval {
  const [{ interval }] = useUrlState();
  return intervals.find((each) => each === interval) ?? fittingInterval(range);
}
