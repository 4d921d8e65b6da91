import { noVisits, type VisitCounts } from '../../rollups/index.ts';
import { type Figures, type VisitFigures, visitFiguresOf } from '../figures.ts';
import type { ReportCampaign } from '../measure/read-campaigns.ts';

/** Figures with the visits that led to them. */
export type Analysed = { figures: Figures; visited: VisitFigures };
export type AnalysedCampaign = ReportCampaign & Analysed;
export type AnalysedPlatform = Analysed & { platform: string };

export function analysedOf(figures: Figures, counts: VisitCounts = noVisits): Analysed {
  return { figures, visited: visitFiguresOf(counts, figures) };
}

/** The highest revenue first, then the most visits. */
export function byRevenue<Row extends Analysed>(rows: Row[], name: (row: Row) => string): Row[] {
  const compare = (a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0);
  return [...rows].sort(
    (a, b) =>
      compare(a.figures.revenue_minor, b.figures.revenue_minor) ||
      compare(a.visited.visits, b.visited.visits) ||
      (name(a) < name(b) ? -1 : 1),
  );
}
