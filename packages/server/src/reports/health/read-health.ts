import { type Measures, noMeasures, readTogether } from '../../rollups/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { percentE2, ratioE4 } from '../figures.ts';
import { readCampaigns } from '../measure/read-campaigns.ts';
import { knownScope, type Scope } from '../measure/scope.ts';
import { spansOf } from '../measure/spans-of.ts';
import { findUnattributedProducts, type UnattributedProducts } from './find-unattributed-products.ts';
import { type Coverage, readCoverage } from './read-coverage.ts';

/** Items are order lines. What is null is not known by the basis or filter that was asked for. */
export type Health = {
  items: {
    total: bigint | null;
    attributed: bigint | null;
    unattributed: bigint | null;
    rate_e2: bigint | null;
  };
  revenue: { total: bigint | null; attributed: bigint; unattributed: bigint | null; rate_e2: bigint | null };
  orders: {
    total: bigint | null;
    attributed: bigint | null;
    unattributed: bigint | null;
    rate_e2: bigint | null;
  };
  /** Mean number of campaigns that hold credit of an attributed line, each line once. */
  overlap_e4: bigint | null;
  distribution: { matched_campaigns: number; lines: bigint; units_e4: bigint; revenue_minor: bigint }[];
  unattributed_products: UnattributedProducts | undefined;
};

export type HealthReport = Health & {
  previous: Health | undefined;
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * How much of what could be credited is credited, under the model. Narrowed to a platform or status, it is how much
 * of everything is credited to those.
 */
export async function readHealth(context: ReportContext, query: ReportQuery): Promise<HealthReport> {
  return await answerReport(context, query, async (db, question) => {
    const scope = knownScope(question, await readCampaigns(db, question));
    const spans = spansOf(question);
    const sums = await readTogether(db, { ...question, kind: scope.kind, subjects: scope.subjects }, spans);
    const coverages = await readCoverage(db, question, spans);
    const healths: Health[] = [];
    for (const [place, span] of spans.entries()) {
      const unattributed =
        scope.kind === 'shop' ? await findUnattributedProducts(db, question, span) : undefined;
      healths.push(healthOf(scope, sums[place]!, coverages?.[place], unattributed));
    }
    return {
      ...healths[0]!,
      previous: healths[1],
      ...(question.basis === 'posted' && { note: asBooked }),
    };
  });
}

const asBooked =
  'What could be credited is known by sale date only; as booked, there are no rates. Ask with basis=sale for them.';

function healthOf(
  scope: Scope,
  measures: Measures,
  coverage: Coverage | undefined,
  unattributed_products: UnattributedProducts | undefined,
): Health {
  const total = coverage?.creditable;
  const isWhole = scope.kind === 'shop';
  const part = (whole: bigint | undefined, attributed: bigint | null) => ({
    total: whole ?? null,
    attributed,
    unattributed: whole === undefined || attributed === null ? null : whole - attributed,
    rate_e2: whole === undefined || attributed === null ? null : percentE2(attributed, whole),
  });
  return {
    items: part(total?.lines, scope.adds ? null : measures.lines),
    revenue: { ...part(total?.revenue_minor, measures.revenue_minor), attributed: measures.revenue_minor },
    orders: part(total?.orders, scope.adds ? null : measures.orders),
    overlap_e4: isWhole && coverage !== undefined ? overlapOf(coverage) : null,
    distribution: isWhole && coverage !== undefined ? distributionOf(coverage) : [],
    unattributed_products,
  };
}

function overlapOf({ byMatches }: Coverage): bigint | null {
  const attributed = [...byMatches].filter(([matches]) => matches > 0);
  const lines = attributed.reduce((sum, [, measures]) => sum + measures.lines, 0n);
  const matches = attributed.reduce((sum, [count, measures]) => sum + BigInt(count) * measures.lines, 0n);
  return ratioE4(matches, lines);
}

function distributionOf({ byMatches }: Coverage): Health['distribution'] {
  const most = Math.max(0, ...byMatches.keys());
  return Array.from({ length: most + 1 }, (_, matched_campaigns) => {
    const { lines, units_e4, revenue_minor }: Measures = byMatches.get(matched_campaigns) ?? noMeasures();
    return { matched_campaigns, lines, units_e4, revenue_minor };
  });
}
