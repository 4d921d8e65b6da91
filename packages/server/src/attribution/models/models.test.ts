import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../vocabulary/credit.ts';
import { models } from './index.ts';

const sale = new Date('2026-03-01T12:00:00Z');
const period = { from: sale, to: null };

function evidenceOf(
  lines: { revenue: bigint; quantity: bigint; profit: bigint | null; campaigns: number }[],
): Evidence {
  return {
    order_id: 'order',
    currency: 'EUR',
    status: 'confirmed',
    sale_time: sale,
    rest: { line_no: 0, quantity_e4: 0n, revenue_minor: 0n, profit_minor: 0n },
    paths: new Map(),
    precedence: [],
    reported_campaign_id: null,
    lines: lines.map(({ revenue, quantity, profit, campaigns }, place) => ({
      line_no: place + 1,
      product_id: `product ${place}`,
      quantity_e4: quantity,
      revenue_minor: revenue,
      profit_minor: profit,
      matches: Array.from({ length: campaigns }, (_, campaign) => ({
        campaign_id: `campaign ${campaign}`,
        running: period,
        target: period,
      })),
    })),
  };
}

const line = fc.record({
  revenue: fc.bigInt(-(10n ** 12n), 10n ** 12n),
  quantity: fc.bigInt(-(10n ** 9n), 10n ** 9n),
  profit: fc.option(fc.bigInt(-(10n ** 12n), 10n ** 12n)),
  campaigns: fc.integer({ min: 0, max: 30 }),
});
const anyEvidence = fc.array(line, { maxLength: 8 }).map(evidenceOf);

describe('the product models', () => {
  test.each([...models.values()].filter(({ conserving, divides }) => conserving && divides === 'lines'))(
    '$name adds up to every line that anybody earned, in money, pieces and profit, whatever the amounts',
    (model) => {
      fc.assert(
        fc.property(anyEvidence, (evidence) => {
          const credits = model.credit(evidence, {});
          for (const line of evidence.lines) {
            const held = credits.filter(({ line_no }) => line_no === line.line_no);
            expect(held).toHaveLength(line.matches.length);
            if (held.length === 0) continue;
            expect(held.reduce((sum, { revenue_minor }) => sum + revenue_minor, 0n)).toBe(line.revenue_minor);
            expect(held.reduce((sum, { quantity_e4 }) => sum + quantity_e4, 0n)).toBe(line.quantity_e4);
            expect(
              line.profit_minor === null
                ? held.every(({ profit_minor }) => profit_minor === null)
                : held.reduce((sum, { profit_minor }) => sum + profit_minor!, 0n) === line.profit_minor,
            ).toBe(true);
          }
        }),
      );
    },
  );

  test('product_full gives the whole line to each campaign that matched', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const credits = models.get('product_full')!.credit(evidence, {});
        expect(credits).toHaveLength(evidence.lines.reduce((sum, { matches }) => sum + matches.length, 0));
        for (const credit of credits) {
          const line = evidence.lines.find(({ line_no }) => line_no === credit.line_no)!;
          expect(credit).toMatchObject({
            quantity_e4: line.quantity_e4,
            revenue_minor: line.revenue_minor,
            profit_minor: line.profit_minor,
            matched_count: line.matches.length,
          });
        }
      }),
    );
  });

  test('100.00 among three campaigns is 33.34, 33.33 and 33.33, the spare cent to the one created first', () => {
    const evidence = evidenceOf([{ revenue: 100_00n, quantity: 10_000n, profit: 50_00n, campaigns: 3 }]);
    const credits = models.get('product_split')!.credit(evidence, {});
    expect(
      credits.map(({ campaign_id, revenue_minor, quantity_e4 }) => [campaign_id, revenue_minor, quantity_e4]),
    ).toEqual([
      ['campaign 0', 33_34n, 3_334n],
      ['campaign 1', 33_33n, 3_333n],
      ['campaign 2', 33_33n, 3_333n],
    ]);
  });
});
