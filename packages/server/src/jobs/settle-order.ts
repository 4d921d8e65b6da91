import {
  decideCredits,
  type GatheredOrder,
  isAlive,
  isCountable,
  type ModelVersion,
  models,
} from '../attribution/index.ts';
import { type CreditDifference, compareCredits, type PostedCredit } from '../ledger/index.ts';
import {
  type Coverage,
  coverageOf,
  replaceCoverage,
  type Standing,
  withCoverage,
  withoutVersions,
} from '../rollups/index.ts';
import type { Touch } from '../vocabulary/credit.ts';
import type { Settlement } from './record-settlements.ts';

/** What an order is settled against: the versions to settle, out of all that are kept. */
export type Terms = { settling: ModelVersion[]; kept: ModelVersion[]; cause: string };

/** The outcome for one order: what to post, and what stood and will stand, for the rollups. */
export type OrderSettlement = {
  posted: PostedCredit[];
  differences: CreditDifference[];
  before: Standing[];
  after: Standing[];
  record: Settlement;
  /** The touches that were alive at the sale; undefined where no version that was settled looks at touches. */
  path?: Touch[];
};

/**
 * The whole decision about one order, from what was read of it under its lock. Pure.
 * The entries of versions that are not being settled are left as they are.
 */
export function settleOrder(
  order: GatheredOrder,
  ledger: PostedCredit[],
  last: Settlement | undefined,
  { settling, kept, cause }: Terms,
): OrderSettlement {
  const settled = new Set(settling.map(({ id }) => id));
  const posted = ledger.filter((row) => settled.has(row.model_version_id));
  const decided = withProducts(order, decideCredits(order, settling));
  const countable = new Set(settling.filter((version) => isCountable(order, version)).map(({ id }) => id));
  const lastCoverage = last?.coverage ?? [];
  const coverages = coveragesOf(
    order,
    settling.filter(({ id }) => countable.has(id)),
  );
  const complete = kept.every(({ id }) => settled.has(id));
  return {
    posted,
    differences: compareCredits(posted, decided, (versionId) => ({
      countable: countable.has(versionId),
      status: order.status,
      new_refunds: order.refund_count - (last?.refund_count ?? 0),
      cause,
    })),
    before: withCoverage(
      posted.map(standingOf).reduce(merge, []),
      withoutVersions(lastCoverage, (id) => !settled.has(id)),
    ),
    after: withCoverage(decided.map(standingOf).reduce(merge, []), coverages),
    record: {
      order_id: order.order_id,
      settled_revision: complete ? order.revision : (last?.settled_revision ?? 0),
      model_version_ids: namedVersions(settled, last, kept),
      refund_count: order.refund_count,
      coverage: replaceCoverage(lastCoverage, settled, coverages),
    },
    ...(settling.some(looksAtTouches) ? { path: livePath(order, kept) } : {}),
  };
}

/** Each credit with the product of its line; shipping and tax have none. */
function withProducts<C extends { line_no: number }>(
  { lines }: GatheredOrder,
  credits: C[],
): (C & { product_id: string | null })[] {
  const products = new Map(lines.map(({ line_no, product_id }) => [line_no, product_id]));
  return credits.map((credit) => ({ ...credit, product_id: products.get(credit.line_no) ?? null }));
}

/** Whether a version divides by touches, so that it needs the paths of orders. */
export function looksAtTouches({ parameters }: Pick<ModelVersion, 'parameters'>): boolean {
  return parameters.visit_window_days !== undefined;
}

/** The path as the installation's window has it: what was alive by that, and what any of the versions could credit. */
function livePath({ paths, sale_time }: GatheredOrder, kept: ModelVersion[]): Touch[] {
  const looking = kept.filter(looksAtTouches);
  const path = paths.get(looking.at(-1)?.parameters.visit_window_days ?? 0) ?? [];
  return path.filter(
    (touch) =>
      (touch.kind !== 'email_open' && sale_time < touch.expires_at) ||
      looking.some(
        ({ parameters }) => parameters.touches!.includes(touch.kind) && isAlive(touch, sale_time, parameters),
      ),
  );
}

/** What of the order can be credited: its product lines by some models, all of it by others. */
function coveragesOf(order: GatheredOrder, countable: ModelVersion[]): Coverage[] {
  const dividing = (divides: 'lines' | 'order') =>
    countable.filter(({ model }) => models.get(model)!.divides === divides).map(({ id }) => id);
  const whole = { ...order, lines: [...order.lines, order.rest] };
  return [coverageOf(order, dividing('lines')), coverageOf(whole, dividing('order'))];
}

function namedVersions(settled: Set<string>, last: Settlement | undefined, kept: ModelVersion[]): string[] {
  const before = new Set(last?.model_version_ids);
  return kept
    .map(({ id }) => id)
    .filter((id) => settled.has(id) || before.has(id))
    .sort();
}

type CreditRow = {
  model_version_id: string;
  currency: string;
  sale_time: Date;
  line_no: number;
  product_id: string | null;
  campaign_id: string;
  quantity_e4: bigint;
  revenue_minor: bigint;
  profit_minor: bigint | null;
  profit_known?: boolean;
};

function standingOf(row: CreditRow): Standing {
  return {
    model_version_id: row.model_version_id,
    currency: row.currency,
    sale_time: row.sale_time,
    credits: [
      {
        line_no: row.line_no,
        product_id: row.product_id,
        campaign_id: row.campaign_id,
        quantity_e4: row.quantity_e4,
        revenue_minor: row.revenue_minor,
        profit_minor: row.profit_minor ?? 0n,
        profit_known: row.profit_known ?? row.profit_minor !== null,
      },
    ],
    creditable: [],
  };
}

function merge(standings: Standing[], next: Standing): Standing[] {
  const same = standings.find(
    (standing) =>
      standing.model_version_id === next.model_version_id &&
      standing.currency === next.currency &&
      standing.sale_time.getTime() === next.sale_time.getTime(),
  );
  if (same === undefined) return [...standings, next];
  same.credits.push(...next.credits);
  return standings;
}
