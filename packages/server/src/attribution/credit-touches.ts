import type { Credit, LineValue, WeighedTouch } from '../vocabulary/credit.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { divideLines } from './models/divide-lines.ts';

/** What a campaign holds of a line of an order. */
export type CampaignCredit = Pick<Credit, 'campaign_id' | keyof LineValue>;

/** What a touch brought of one line; line 0 stands for shipping and tax. */
export type TouchCredit = LineValue & { touch_id: string };

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
  return [...groupBy(credits, ({ campaign_id }) => campaign_id)].flatMap(([campaign_id, lines]) => {
    const claims = (weighing.get(campaign_id) ?? []).map(({ touch_id, weight }) => ({
      key: touch_id,
      weight,
    }));
    return divideLines(lines.sort(lineZeroLast), claims).map(({ key, ...line }) => ({
      ...line,
      touch_id: key,
    }));
  });
}

/** As orders are divided: line by line, shipping and tax at last. */
function lineZeroLast(a: LineValue, b: LineValue): number {
  return Number(a.line_no === 0) - Number(b.line_no === 0) || a.line_no - b.line_no;
}
