import { sumSpend } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import { readTogether } from '../../rollups/index.ts';
import { startOfDay } from '../../vocabulary/day.ts';
import type { Interval, IntervalUnit } from '../../vocabulary/time-zone.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { Sums } from '../figures.ts';
import type { Scope } from '../measure/scope.ts';
import { daysOf } from '../measure/spend-days.ts';

/** The sums of a scope in each interval of each list; the intervals of a list lie in order, without gaps. */
export async function readIntervals(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  lists: Interval[][],
  unit: IntervalUnit,
): Promise<Sums[][]> {
  const asked = { ...question, kind: scope.kind, subjects: scope.subjects };
  const answers = (await readTogether(db, asked, lists.flat())).values();
  const sums: Sums[][] = [];
  for (const intervals of lists) {
    const spend = unit === 'hour' ? undefined : await readSpend(db, question, scope, intervals);
    sums.push(
      intervals.map((_, place) => ({
        measures: answers.next().value!,
        spend_minor: spend?.[place] ?? null,
        counted_once: !scope.adds,
      })),
    );
  }
  return sums;
}

/** What was spent in each interval: a day of spend belongs to the one in which it begins. */
async function readSpend(
  db: Database,
  { time_zone, currency }: ReportQuestion,
  { campaign_ids }: Scope,
  intervals: Interval[],
): Promise<bigint[]> {
  const spent = intervals.map(() => 0n);
  if (intervals.length === 0) return spent;
  const range = { from: intervals[0]!.from, to: intervals.at(-1)!.to };
  const byDay = await sumSpend(db, 'day', { ...daysOf(range, time_zone), currency, campaign_ids });
  let place = 0;
  for (const [day, minor] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const start = startOfDay(day, time_zone);
    while (place < intervals.length - 1 && intervals[place]!.to <= start) place += 1;
    spent[place]! += minor;
  }
  return spent;
}
