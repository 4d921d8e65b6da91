import type { Database } from '../../database/index.ts';
import { countVisits } from '../../rollups/index.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { figuresOf } from '../figures.ts';
import { measureTogether } from '../measure/measure-together.ts';
import type { ReportCampaign } from '../measure/read-campaigns.ts';
import { type Spend, totalSpend } from '../measure/read-spend.ts';
import { type AnalysedPlatform, analysedOf, byRevenue } from './analysed.ts';

/** What the campaigns of each platform among these came to; what they share counts once on each. */
export async function readPlatformsOf(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaign[],
  spend: Spend,
): Promise<AnalysedPlatform[]> {
  const groups = new Map(
    [...groupBy(campaigns, ({ platform }) => platform)].map(([platform, those]) => [
      platform,
      those.map(({ campaign_id }) => campaign_id),
    ]),
  );
  const counted = await countVisits(db, groups, question.span);
  const rows: AnalysedPlatform[] = [];
  for (const [platform, ids] of groups) {
    const figures = figuresOf({
      measures: await measureTogether(db, question, ids),
      spend_minor: totalSpend(spend, ids),
      counted_once: true,
    });
    rows.push({ platform, ...analysedOf(figures, counted.get(platform)) });
  }
  return byRevenue(rows, ({ platform }) => platform);
}
