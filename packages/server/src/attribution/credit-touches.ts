import type { Credit, WeighedTouch } from '../vocabulary/credit.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { divideRevenue } from './models/divide-revenue.ts';

/** What a campaign holds of a line of an order. */
export type CampaignCredit = Pick<Credit, 'campaign_id' | 'line_no' | 'revenue_minor'>;

/** What a touch brought of one line; line 0 stands for shipping and tax. */
export type TouchCredit = { touch_id: string; line_no: number; revenue_minor: bigint };

/**
 * Divides what each campaign holds of an order under a model among its touches, by what they weigh, as the order was
 * divided among campaigns: the touches of a campaign add up to what it holds, in total and of every line, to the minor
 * unit. Credit of campaigns without a touch that weighs is nobody's.
 *
 * @param credits of one order under one model version
 * @param touches in the order of the path: of equal claims the earlier touch has the unit that is left over
 */
export function creditTouches(credits: CampaignCredit[], touches: WeighedTouch[]): TouchCredit[] {
  const weighing = groupBy(
    touches.filter(({ weight }) => weight > 0n),
    ({ campaign_id }) => campaign_id,
  );
  return [...groupBy(credits, ({ campaign_id }) => campaign_id)].flatMap(([campaign_id, held]) => {
    const claims = weighing.get(campaign_id) ?? [];
    const lines = held.toSorted(lineZeroLast);
    const parts = divideRevenue(lines, claims);
    return lines.flatMap(({ line_no }, at) =>
      claims.map(({ touch_id }, place) => ({ touch_id, line_no, revenue_minor: parts[at]![place]! })),
    );
  });
}

/** As orders are divided: line by line, shipping and tax at last. */
function lineZeroLast(a: CampaignCredit, b: CampaignCredit): number {
  return Number(a.line_no === 0) - Number(b.line_no === 0) || a.line_no - b.line_no;
}
