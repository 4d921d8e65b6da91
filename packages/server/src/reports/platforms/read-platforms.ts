import type { Database } from '../../database/index.ts';
import { addMeasures, isNothing, noMeasures, readMeasures } from '../../rollups/index.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Compared, figuresOf, type Sums } from '../figures.ts';
import { idsSeen, type ReportCampaigns, readCampaigns } from '../measure/read-campaigns.ts';
import { readSpend, type Spend, totalSpend } from '../measure/read-spend.ts';
import { readFigures } from '../measure/read-sums.ts';
import { knownScope } from '../measure/scope.ts';
import { spansOf } from '../measure/spans-of.ts';
import { rankRows } from '../rank-rows.ts';

export type PlatformRow = Compared & { platform: string };

export type PlatformReport = {
  rows: PlatformRow[];
  totals: Compared;
  question: ReportQuestion;
  meta: ReportMeta;
};

/** What the campaigns of each platform earned together; an order or FULL line counts once on each. */
export async function readPlatforms(context: ReportContext, query: ReportQuery): Promise<PlatformReport> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const spends = await readSpend(db, question, idsSeen(question, campaigns));
    // A platform is its own campaigns, whatever stands below them.
    const own = { ...question, include_children: false };
    const totals = await readFigures(db, own, knownScope(own, campaigns), spends);
    const rows = await platformRows(db, question, campaigns, spends);
    return { rows: rows.slice(0, question.limit), totals };
  });
}

/** The platforms with credit or spend in the range, ranked. */
export async function platformRows(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
  spends: Spend[],
): Promise<PlatformRow[]> {
  const own = idsSeen(question, campaigns);
  // Campaigns of one status, or of one owner, are not a subject of the rollups; they are added up.
  const kind = question.status === undefined && own === undefined ? 'platform' : 'campaign';
  const measured = await readMeasures(db, { ...question, kind, subjects: own }, spansOf(question));
  const rows = [...groupBy(campaigns.asked, ({ platform }) => platform)].flatMap(([platform, those]) => {
    const ids = those.map(({ campaign_id }) => campaign_id);
    const [now, before] = measured.map((bySubject, place): Sums => {
      const measures = noMeasures();
      for (const subject of kind === 'platform' ? [platform] : ids) {
        addMeasures(measures, bySubject.get(subject) ?? noMeasures());
      }
      return { measures, spend_minor: totalSpend(spends[place]!, ids), counted_once: kind === 'platform' };
    });
    if (isNothing(now!.measures) && now!.spend_minor === 0n) return [];
    return [{ platform, figures: figuresOf(now!), previous: before && figuresOf(before) }];
  });
  return rankRows(rows, question, ({ platform }) => platform);
}
