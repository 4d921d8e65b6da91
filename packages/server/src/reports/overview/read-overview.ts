import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../../rollups/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Figures, percentE2, ratioE4 } from '../figures.ts';
import { readCoverage } from '../health/read-coverage.ts';
import { type RankedCampaign, readRows } from '../leaderboard/read-leaderboard.ts';
import { idsSeen, readCampaigns } from '../measure/read-campaigns.ts';
import { readSpend } from '../measure/read-spend.ts';
import { readFigures } from '../measure/read-sums.ts';
import { knownScope, type Scope } from '../measure/scope.ts';
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
    const rows = await readRows(db, question, campaigns, spends);
    const ranked = rankRows(rows, question, ({ name }) => name);
    const { figures, previous } = await readFigures(db, question, scope, spends);
    return {
      now: await performanceOf(db, question, scope, question.span, figures),
      previous:
        question.previous &&
        previous &&
        (await performanceOf(db, question, scope, question.previous, previous)),
      top_campaigns: ranked.slice(0, question.limit ?? defaultTop),
      platforms: await platformRows(db, question, campaigns, spends),
    };
  });
}

async function performanceOf(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  span: OpenSpan,
  figures: Figures,
): Promise<Performance> {
  const creditable = await readCreditable(db, question, span);
  return {
    figures,
    creditable_revenue_minor: creditable,
    attribution_rate_e2: creditable === null ? null : percentE2(figures.revenue_minor, creditable),
    mer_e4: scope.kind === 'shop' ? merOf(creditable, figures) : figures.roas_e4,
  };
}

/** What the shop sold is told to who sees all of the shop. */
async function readCreditable(db: Database, question: ReportQuestion, span: OpenSpan): Promise<Minor | null> {
  if (question.seen_by.kind !== 'all') return null;
  return (await readCoverage(db, question, span))?.creditable.revenue_minor ?? null;
}

function merOf(creditable: Minor | null, { spend_minor }: Figures): bigint | null {
  return creditable === null ? null : ratioE4(creditable, spend_minor);
}
