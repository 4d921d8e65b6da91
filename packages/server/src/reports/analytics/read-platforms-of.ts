import type { Database } from '../../database/index.ts';
import type { VisitCounts } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { figuresOf } from '../figures.ts';
import { measureTogether } from '../measure/measure-together.ts';
import { type Spend, totalSpend } from '../measure/read-spend.ts';
import { type AnalysedPlatform, analysedOf, byRevenue } from './analysed.ts';

/**
 * What the campaigns of each platform came to; what they share counts once on each.
 * @param groups campaign ids by platform
 * @param counted the visits of each group
 */
export async function readPlatformsOf(
  db: Database,
  question: ReportQuestion,
  {
    groups,
    spend,
    counted,
  }: { groups: Map<string, string[]>; spend: Spend; counted: ReadonlyMap<string[], VisitCounts> },
): Promise<AnalysedPlatform[]> {
  const rows: AnalysedPlatform[] = [];
  for (const [platform, ids] of groups) {
    const figures = figuresOf({
      measures: await measureTogether(db, question, ids),
      spend_minor: totalSpend(spend, ids),
      counted_once: true,
    });
    rows.push({ platform, ...analysedOf(figures, counted.get(ids)) });
  }
  return byRevenue(rows, ({ platform }) => platform);
}
