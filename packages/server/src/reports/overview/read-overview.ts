import type { Database } from '../../database/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Figures, percentE2, ratioE4 } from '../figures.ts';
import { readCreditable } from '../health/read-coverage.ts';
import { type RankedCampaign, readBoard } from '../leaderboard/read-leaderboard.ts';
import { idsSeen, readCampaigns } from '../measure/read-campaigns.ts';
import { readSpend } from '../measure/read-spend.ts';
import { knownScope, type Scope } from '../measure/scope.ts';
import { spansOf } from '../measure/spans-of.ts';
import { type PlatformRow, platformRows } from '../platforms/read-platforms.ts';
import { rankRows } from '../rank-rows.ts';

/** The figures of all campaigns that were asked for, beside what the shop could have credited. */
export type Performance = {
  figures: Figures;
  /** Net revenue of all countable orders under the model; null as booked, where it is not known, and to who sees only their own. */
  creditable_revenue_minor: Minor | null;
  /** attributed revenue / creditable revenue × 100. */
  attribution_rate_e2: bigint | null;
  /** Marketing efficiency ratio: creditable revenue / spend; of some of the campaigns only, it is their ROAS. */
  mer_e4: bigint | null;
};

export type Overview = {
  now: Performance;
  previous: Performance | undefined;
  top_campaigns: RankedCampaign[];
  platforms: PlatformRow[];
  question: ReportQuestion;
  meta: ReportMeta;
};

const defaultTop = 5;

/** How campaigns do altogether, which of them do best, and how the platforms compare. */
export async function readOverview(context: ReportContext, query: ReportQuery): Promise<Overview> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const scope = knownScope(question, campaigns);
    const spends = await readSpend(db, question, idsSeen(question, campaigns));
    const { rows, totals } = await readBoard(db, question, campaigns, spends);
    const ranked = rankRows(rows, question, ({ name }) => name);
    const { figures, previous } = totals!;
    const [creditable = null, creditableBefore = null] = await creditableRevenue(db, question);
    return {
      now: performanceOf(scope, figures, creditable),
      previous: previous && performanceOf(scope, previous, creditableBefore),
      top_campaigns: ranked.slice(0, question.limit ?? defaultTop),
      platforms: await platformRows(db, question, campaigns, spends),
    };
  });
}

function performanceOf(scope: Scope, figures: Figures, creditable: Minor | null): Performance {
  return {
    figures,
    creditable_revenue_minor: creditable,
    attribution_rate_e2: creditable === null ? null : percentE2(figures.revenue_minor, creditable),
    mer_e4: scope.kind === 'shop' ? merOf(creditable, figures) : figures.roas_e4,
  };
}

/** Of the range and the one it is compared with. What the shop sold is told to who sees all of the shop. */
async function creditableRevenue(db: Database, question: ReportQuestion): Promise<Minor[]> {
  if (question.seen_by.kind !== 'all') return [];
  const creditable = (await readCreditable(db, question, spansOf(question))) ?? [];
  return creditable.map(({ revenue_minor }) => revenue_minor);
}

function merOf(creditable: Minor | null, { spend_minor }: Figures): bigint | null {
  return creditable === null ? null : ratioE4(creditable, spend_minor);
}
