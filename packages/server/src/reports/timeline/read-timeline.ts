import type { Database } from '../../database/index.ts';
import { addMeasures, noMeasures, type OpenSpan } from '../../rollups/index.ts';
import { invalid } from '../../vocabulary/errors.ts';
import { countIntervals, type Interval, type IntervalUnit, intervalsOf } from '../../vocabulary/time-zone.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import { mostRows, type ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Compared, type Figures, figuresOf, type Sums } from '../figures.ts';
import { type ReportCampaigns, readCampaigns } from '../measure/read-campaigns.ts';
import { readSpend, type Spend, totalSpend } from '../measure/read-spend.ts';
import type { Scope } from '../measure/scope.ts';
import { rankRows } from '../rank-rows.ts';
import { readExtent } from './read-extent.ts';
import { readIntervals } from './read-intervals.ts';

/** An interval's figures, and those of the interval at the same place of the period before (which may be shorter). */
export type TimelineRow = Interval & {
  figures: Figures;
  previous: (Interval & { figures: Figures }) | undefined;
};

export type Timeline = {
  rows: TimelineRow[];
  totals: Compared;
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * What a scope earned in each hour, day, week or month of the range, without gaps. An open end of the range is closed
 * where the first credit or spend lies, or by now.
 *
 * @throws invalid for more rows than one answer holds
 */
export async function readTimeline(
  context: ReportContext,
  query: ReportQuery & { interval: IntervalUnit },
  scopeOf: (question: ReportQuestion, campaigns: ReportCampaigns) => Scope,
): Promise<Timeline> {
  return await answerReport(context, query, async (db, question) => {
    const scope = scopeOf(question, await readCampaigns(db, question));
    const range = await closeRange(db, question, scope, query.interval);
    const cut = await sumIntervals(db, question, scope, range, query.interval);
    const rows = rowsOf(cut);
    const ordered = question.sort === undefined ? inTime(rows, question) : byFigure(rows, question);
    const spends = query.interval === 'hour' ? await readSpend(db, question, scope.campaign_ids) : undefined;
    return {
      rows: ordered.slice(0, question.limit ?? mostRows),
      totals: totalsOf(cut, scope, question, spends),
    };
  });
}

/** The intervals of a range and of the one it is compared with, each with its sums. */
export type CutRange = Record<'now' | 'before', { intervals: Interval[]; sums: Sums[] }>;

/**
 * Sums each interval of a range.
 * @throws invalid for more rows than one answer holds
 */
export async function sumIntervals(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  range: Interval | undefined,
  unit: IntervalUnit,
): Promise<CutRange> {
  const intervals = range === undefined ? [] : cut(range, unit, question);
  const before = question.previous === undefined ? [] : cut(question.previous, unit, question);
  const [sums, sumsBefore] = await readIntervals(db, question, scope, [intervals, before], unit);
  return { now: { intervals, sums: sums! }, before: { intervals: before, sums: sumsBefore! } };
}

/** The figures of each interval, beside those of the one at its place before. */
export function rowsOf({ now, before }: CutRange): TimelineRow[] {
  const [rows, earlier] = [now, before].map(({ intervals, sums }) =>
    intervals.map(({ from, to }, place) => ({ from, to, figures: figuresOf(sums[place]!) })),
  );
  return rows!.map(({ from, to, figures }, place) => ({ from, to, figures, previous: earlier![place] }));
}

/** Intervals add up to their range: each order, and each day of spend, lies in one of them. Below a day spend is unknown. */
function totalsOf(
  { now, before }: CutRange,
  { adds }: Scope,
  { previous }: ReportQuestion,
  [spend, spendBefore]: Spend[] = [],
): Compared {
  const together = (sums: Sums[], spent: Spend | undefined) => {
    const measures = noMeasures();
    let spend_minor = spent === undefined ? 0n : totalSpend(spent);
    for (const sum of sums) {
      addMeasures(measures, sum.measures);
      spend_minor += sum.spend_minor ?? 0n;
    }
    return figuresOf({ measures, spend_minor, counted_once: !adds });
  };
  return {
    figures: together(now.sums, spend),
    previous: previous && together(before.sums, spendBefore),
  };
}

async function closeRange(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  unit: IntervalUnit,
): Promise<Interval | undefined> {
  const { from, to }: OpenSpan = question.span;
  if (from !== null && to !== null) return { from, to };
  const extent = await readExtent(db, question, scope, unit);
  if (extent === undefined) return undefined;
  return { from: from ?? extent.from, to: to ?? extent.to };
}

function cut(range: Interval, unit: IntervalUnit, { time_zone }: ReportQuestion): Interval[] {
  const rows = countIntervals(range, unit);
  if (rows > mostRows + 5) {
    throw invalid(
      'interval',
      `would give about ${rows} rows, and one answer holds ${mostRows}; ask for a coarser one${
        unit === 'month' ? '' : ' (such as month)'
      }, or for a shorter range with from and to`,
    );
  }
  return intervalsOf(range, unit, time_zone);
}

function inTime(rows: TimelineRow[], { order }: ReportQuestion): TimelineRow[] {
  return order === 'desc' ? rows.reverse() : rows;
}

function byFigure(rows: TimelineRow[], question: ReportQuestion): TimelineRow[] {
  return rankRows(rows, question, ({ from }) => from.toISOString());
}
