import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, periods } from '../../../test/story-days.ts';
import { contains, type Period } from '../../vocabulary/period.ts';
import type { History } from '../campaign.ts';
import { reachedSpan } from './reached-span.ts';

describe('the sales that a change of history can touch', () => {
  it('are those between the first and the last instant at which something differs', () => {
    expect(reachedSpan(history('5-', { a: '5-' }), history('5-8 10-', { a: '5-' }))).toEqual({
      from: day(8),
      to: day(10),
      product_ids: ['a'],
    });
  });

  it('are of every product ever targeted when it is the campaign that runs otherwise', () => {
    const targets = { a: '5-7', b: '9-' };
    expect(reachedSpan(history('5-', targets), history('6-', targets))?.product_ids).toEqual(['a', 'b']);
  });

  it('are of the product alone when only its target differs', () => {
    expect(reachedSpan(history('5-', { a: '5-', b: '5-' }), history('5-', { a: '5-9', b: '5-' }))).toEqual({
      from: day(9),
      to: null,
      product_ids: ['a'],
    });
  });

  it.each([
    ['when nothing differs', history('5-', { a: '5-' }), history('5-', { a: '5-' })],
    ['when nothing is targeted', history('5-', {}), history('5-8', {})],
    ['when the campaign never ran', history('', { a: '5-' }), history('', { a: '7-' })],
  ])('are none %s', (_, before, after) => {
    expect(reachedSpan(before, after)).toBeUndefined();
  });

  it('include every sale that matches before and not after, or the other way round', () => {
    fc.assert(
      fc.property(
        histories,
        histories,
        fc.integer({ min: 0, max: 31 }),
        fc.constantFrom('a', 'b'),
        (before, after, at, product) => {
          const sale = day(at);
          const differs = matches(before, product, sale) !== matches(after, product, sale);
          const span = reachedSpan(before, after);
          const isReached = span !== undefined && contains(span, sale) && span.product_ids.includes(product);
          return isReached || !differs;
        },
      ),
    );
  });
});

function history(ran: string, targeted: Record<string, string>): History {
  return {
    running_periods: periods(ran),
    targets: Object.entries(targeted).flatMap(([product_id, text]) =>
      periods(text).map((period) => ({
        id: `${product_id} ${period.from.toISOString()}`,
        product_id,
        period,
      })),
    ),
  };
}

function matches({ running_periods, targets }: History, product: string, sale: Date): boolean {
  return (
    running_periods.some((period) => contains(period, sale)) &&
    targets.some(({ product_id, period }) => product_id === product && contains(period, sale))
  );
}

// Disjoint periods out of distinct bounds, in order; the last one may be open.
const periodLists: fc.Arbitrary<Period[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 6 })
  .map((bounds) => {
    const sorted = bounds.sort((a, b) => a - b);
    return sorted.flatMap((from, place) =>
      place % 2 === 1
        ? []
        : [{ from: day(from), to: place + 1 < sorted.length ? day(sorted[place + 1]!) : null }],
    );
  });

const histories: fc.Arbitrary<History> = fc
  .record({ running_periods: periodLists, a: periodLists, b: periodLists })
  .map(({ running_periods, ...targets }) => ({
    running_periods,
    targets: Object.entries(targets).flatMap(([product_id, list]) =>
      list.map((period, place) => ({ id: `${product_id}${place}`, product_id, period })),
    ),
  }));
