import { countVisitsByInterval } from '../../rollups/index.ts';
import { readVisitExtent } from '../../touches/index.ts';
import type { Interval, IntervalUnit } from '../../vocabulary/time-zone.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import { mostRows, type ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { campaignNamed, readCampaigns } from '../measure/read-campaigns.ts';
import { campaignScope } from '../measure/scope.ts';
import { readExtent } from '../timeline/read-extent.ts';
import { rowsOf, sumIntervals } from '../timeline/read-timeline.ts';
import { type Analysed, analysedOf } from './analysed.ts';

export type VisitInterval = Interval & Analysed;

export type VisitTimeline = { rows: VisitInterval[]; question: ReportQuestion; meta: ReportMeta };

/**
 * The visits of a campaign and what came of them in each interval of the range, without gaps. Visits, revenue and orders
 * of the hours add up to those of the day, unique visitors are counted for each interval and do not.
 *
 * An open end of the range is closed where the first visit, credit or spend lies, or by now.
 *
 * @throws not_found; invalid for more rows than one answer holds
 */
export async function readVisitTimeline(
  context: ReportContext,
  id: string,
  query: ReportQuery & { interval: IntervalUnit },
): Promise<VisitTimeline> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const scope = campaignScope(question, campaigns, campaignNamed(campaigns, id).campaign_id);
    const ids = scope.campaign_ids!;
    const { from, to } = question.span;
    let range = from !== null && to !== null ? { from, to } : undefined;
    if (range === undefined) {
      const { first, last } = await readVisitExtent(db, ids);
      const extent = await readExtent(db, question, scope, query.interval, [first, last]);
      range = extent && { from: from ?? extent.from, to: to ?? extent.to };
    }
    if (range === undefined) return { rows: [] };
    const intervals = rowsOf(await sumIntervals(db, question, scope, range, query.interval));
    const counts = await countVisitsByInterval(db, ids, intervals);
    const rows = intervals.map(({ from, to, figures }, place) => ({
      from,
      to,
      ...analysedOf(figures, counts[place]),
    }));
    return { rows: (question.order === 'desc' ? rows.reverse() : rows).slice(0, question.limit ?? mostRows) };
  });
}
