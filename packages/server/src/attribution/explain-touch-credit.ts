import { z } from 'zod';
import type { WeighedTouch } from '../vocabulary/credit.ts';
import { decimalNumber } from '../vocabulary/decimal.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { divideRounded, formatMoney } from '../vocabulary/money.ts';
import type { TouchCredit } from './credit-touches.ts';

export const touchShareShape = z.object({
  weight_percent: z
    .number()
    .meta({ description: 'What it weighs among the touches that count; 0 where it does not count' }),
  revenue: z
    .number()
    .meta({ description: 'What it brought; the touches of a campaign add up to its credit' }),
  lines: z
    .array(z.object({ line_no: z.int(), revenue: z.number() }))
    .meta({ description: 'That revenue by lines; line 0 stands for shipping and tax' }),
});

/** What a touch brought of an order under a model. */
export type TouchShare = z.output<typeof touchShareShape>;

export const noShare: TouchShare = { weight_percent: 0, revenue: 0, lines: [] };

/**
 * What each touch brought of an order under a model version: by the touch's id, for those that count. Touches of a
 * campaign add up to what the campaign holds, and so all of them to the order, in total and line by line.
 *
 * @param brought what its touches brought under that version
 * @param touches what they weigh under it, in the order of the path
 */
export function explainTouchCredit(
  brought: TouchCredit[],
  touches: WeighedTouch[],
  currency: string,
): Map<string, TouchShare> {
  const linesOf = groupBy(brought, ({ touch_id }) => touch_id);
  const total = touches.reduce((sum, { weight }) => sum + weight, 0n);
  return new Map(
    touches.map(({ touch_id, weight }) => {
      const lines = linesOf.get(touch_id) ?? [];
      return [
        touch_id,
        {
          weight_percent: percentOf(weight, total),
          revenue: formatMoney(
            lines.reduce((sum, { revenue_minor }) => sum + revenue_minor, 0n),
            currency,
          ),
          lines: lines
            .filter(({ revenue_minor }) => revenue_minor !== 0n)
            .map(({ line_no, revenue_minor }) => ({
              line_no,
              revenue: formatMoney(revenue_minor, currency),
            })),
        },
      ];
    }),
  );
}

function percentOf(weight: bigint, total: bigint): number {
  return total === 0n ? 0 : decimalNumber(divideRounded(weight * 10_000n, total), 2);
}
