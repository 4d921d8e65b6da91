import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RefundFacts, RefundLineFacts } from './apply-refunds.ts';
import { type LineFacts, least, type PricedOrderFacts } from './price-order.ts';
import { valueOrder } from './value-order.ts';

const order = (given: Partial<PricedOrderFacts> = {}): PricedOrderFacts => ({
  prices_include_tax: false,
  shipping_minor: 0n,
  tax_minor: 0n,
  discount_minor: 0n,
  total_minor: null,
  product_count_e4: null,
  ...given,
});
const line = (line_no: number, pieces: number, unit_price_minor: bigint, discount_minor = 0n): LineFacts => ({
  line_no,
  external_id: `l${line_no}`,
  product_id: `p${line_no}`,
  quantity_e4: BigInt(pieces * 10_000),
  unit_price_minor,
  discount_minor,
});
const refund = (
  day: number,
  given: Partial<Omit<RefundFacts, 'lines'>> & { lines?: Partial<RefundLineFacts>[] },
) => ({
  external_id: `r${day}`,
  refunded_at: new Date(Date.UTC(2026, 0, day)),
  amount_minor: null,
  shipping_minor: null,
  tax_minor: null,
  ...given,
  lines: (given.lines ?? []).map((each) => ({
    line_no: null,
    line_external_id: null,
    quantity_e4: null,
    amount_minor: null,
    ...each,
  })),
});
/** A line's net and pieces, a row a line, then shipping and tax. */
const left = (facts: PricedOrderFacts, lines: LineFacts[], refunds: RefundFacts[] = []) => {
  const value = valueOrder(facts, lines, refunds);
  return [
    ...value.lines.map(({ net_minor, quantity_e4 }) => `${net_minor} × ${Number(quantity_e4) / 10_000}`),
    `${value.shipping_minor} + ${value.tax_minor} = ${value.total_minor}`,
  ];
};

describe('what an order was sold for', () => {
  const two = [line(1, 1, 10_000n), line(2, 2, 2_500n)];

  test.each<[string, PricedOrderFacts, LineFacts[], string[]]>([
    [
      'lines, shipping and tax',
      order({ shipping_minor: 500n, tax_minor: 2_000n }),
      two,
      ['10000 × 1', '5000 × 2', '500 + 2000 = 17500'],
    ],
    [
      'a discount of the order falls on its lines by their net',
      order({ discount_minor: 1_000n }),
      two,
      ['9333 × 1', '4667 × 2', '0 + 0 = 14000'],
    ],
    [
      'a discount of a line comes before it',
      order({ discount_minor: 1_000n }),
      [line(1, 1, 10_000n, 5_000n), line(2, 2, 2_500n)],
      ['4500 × 1', '4500 × 2', '0 + 0 = 9000'],
    ],
    [
      'tax that prices include is no part of the total',
      order({ prices_include_tax: true, tax_minor: 2_395n }),
      two,
      ['10000 × 1', '5000 × 2', '0 + 0 = 15000'],
    ],
    [
      'a third of a kilo is rounded once, half away from zero',
      order(),
      [line(1, 0.3333, 1_000n), line(2, 0.5, 25n)],
      ['333 × 0.3333', '13 × 0.5', '0 + 0 = 346'],
    ],
    [
      'a discount beyond the lines leaves nothing, never less',
      order({ discount_minor: 99_999n, shipping_minor: 1n }),
      two,
      ['0 × 1', '0 × 2', '1 + 0 = 1'],
    ],
  ])('%s', (_, facts, lines, expected) => {
    expect(left(facts, lines)).toEqual(expected);
  });

  test('contained tax is spread over the lines by their net, and goes back with a refund', () => {
    const facts = order({ prices_include_tax: true, tax_minor: 2_395n });
    const taxes = (...refunds: RefundFacts[]) =>
      valueOrder(facts, two, refunds).lines.map(({ tax_minor }) => tax_minor);
    expect(taxes()).toEqual([1_597n, 798n]);
    expect(taxes(refund(1, { lines: [{ line_no: 2, quantity_e4: 10_000n }] }))).toEqual([1_597n, 399n]);
  });

  test('an order without lines is its total; shipping and tax are inside it', () => {
    const facts = order({
      total_minor: 5_000n,
      product_count_e4: 30_000n,
      shipping_minor: 500n,
      tax_minor: 700n,
    });
    expect(valueOrder(facts, [], [])).toEqual({
      lines: [],
      unitemised_minor: 3_800n,
      shipping_minor: 500n,
      tax_minor: 700n,
      total_minor: 5_000n,
      quantity_e4: 30_000n,
    });
    expect(valueOrder(facts, [], [refund(1, { amount_minor: 5_000n })])).toMatchObject({
      total_minor: 0n,
      quantity_e4: 0n,
    });
    expect(valueOrder(facts, [], [refund(1, { amount_minor: 2_500n })])).toMatchObject({
      unitemised_minor: 1_900n,
      total_minor: 2_500n,
      quantity_e4: 30_000n,
    });
  });
});

describe('what a refund leaves', () => {
  const facts = order({ shipping_minor: 500n, tax_minor: 1_000n });
  const lines = [line(1, 3, 1_000n), line(2, 1, 5_000n)];

  test.each<[string, RefundFacts[], string[]]>([
    [
      'a piece by its quantity',
      [refund(1, { lines: [{ line_no: 1, quantity_e4: 10_000n }] })],
      ['2000 × 2', '5000 × 1', '500 + 1000 = 8500'],
    ],
    [
      'a piece named by the id the shop gave its line',
      [refund(1, { lines: [{ line_external_id: 'l1', quantity_e4: 10_000n }] })],
      ['2000 × 2', '5000 × 1', '500 + 1000 = 8500'],
    ],
    [
      'an amount of a line: the money, no pieces',
      [refund(1, { lines: [{ line_no: 1, amount_minor: 700n }] })],
      ['2300 × 3', '5000 × 1', '500 + 1000 = 8800'],
    ],
    [
      'a quantity and an amount: both',
      [refund(1, { lines: [{ line_no: 1, quantity_e4: 10_000n, amount_minor: 800n }] })],
      ['2200 × 2', '5000 × 1', '500 + 1000 = 8700'],
    ],
    ['shipping alone', [refund(1, { shipping_minor: 500n })], ['3000 × 3', '5000 × 1', '0 + 1000 = 9000']],
    [
      'without lines: spread by what is left of each',
      [refund(1, { amount_minor: 950n })],
      ['2700 × 3', '4500 × 1', '450 + 900 = 8550'],
    ],
    [
      'without lines, shipping named: the rest is spread over the others',
      [refund(1, { amount_minor: 1_400n, shipping_minor: 500n })],
      ['2700 × 3', '4500 × 1', '0 + 900 = 8100'],
    ],
    [
      'without lines, in full: nothing stays sold',
      [refund(1, { amount_minor: 9_500n })],
      ['0 × 0', '0 × 0', '0 + 0 = 0'],
    ],
    [
      'a spread one, then a line in full: the other parts bear what had been spread on it',
      [
        refund(1, { amount_minor: 950n }),
        refund(2, { lines: [{ line_no: 1, quantity_e4: 30_000n, amount_minor: 3_000n }] }),
      ],
      ['0 × 0', '4269 × 1', '427 + 854 = 5550'],
    ],
    [
      'a line in full, then a spread one: by what is left',
      [refund(1, { lines: [{ line_no: 1, quantity_e4: 30_000n }] }), refund(2, { amount_minor: 650n })],
      ['0 × 0', '4500 × 1', '450 + 900 = 5850'],
    ],
    [
      'more than a line had is clipped',
      [refund(1, { lines: [{ line_no: 2, quantity_e4: 90_000n, amount_minor: 9_000n }] })],
      ['3000 × 3', '0 × 0', '500 + 1000 = 4500'],
    ],
    [
      'a line that was edited away has nothing to give back',
      [refund(1, { lines: [{ line_no: 7, amount_minor: 100n }] })],
      ['3000 × 3', '5000 × 1', '500 + 1000 = 9500'],
    ],
    [
      'more than the order was is clipped',
      [refund(1, { amount_minor: 99_999n })],
      ['0 × 0', '0 × 0', '0 + 0 = 0'],
    ],
  ])('%s', (_, refunds, expected) => {
    expect(left(facts, lines, refunds)).toEqual(expected);
  });

  test('piece by piece, all pieces take exactly all, however badly the price divides', () => {
    const odd = [line(1, 3, 3_333n, 1n)];
    const piece = (day: number) => refund(day, { lines: [{ line_no: 1, quantity_e4: 10_000n }] });
    const after = (n: number) => left(order(), odd, [piece(1), piece(2), piece(3)].slice(0, n))[0];
    expect([0, 1, 2, 3].map(after)).toEqual(['9998 × 3', '6665 × 2', '3332 × 1', '0 × 0']);
  });
});

describe('for any order and any refunds', () => {
  const amount = fc.bigInt({ min: 0n, max: 1_000_000n });
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const anyOrder = fc.record({
    prices_include_tax: fc.boolean(),
    shipping_minor: amount,
    tax_minor: amount,
    discount_minor: amount,
    total_minor: maybe(amount),
    product_count_e4: maybe(amount),
  });
  const anyLines = fc
    .array(
      fc.record({ quantity_e4: fc.bigInt(1n, 100_000n), unit_price_minor: amount, discount_minor: amount }),
      { maxLength: 6 },
    )
    .map((lines) =>
      lines.map((each, i) => ({ ...each, line_no: i + 1, external_id: `l${i + 1}`, product_id: `p${i}` })),
    );
  const anyRefunds = fc
    .array(
      fc.record({
        refunded_at: fc.integer({ min: 0, max: 5 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
        amount_minor: maybe(amount),
        shipping_minor: maybe(amount),
        tax_minor: maybe(amount),
        lines: fc.array(
          fc.record({
            line_no: fc.integer({ min: 1, max: 8 }),
            line_external_id: fc.constant(null),
            quantity_e4: maybe(fc.bigInt(1n, 100_000n)),
            amount_minor: maybe(amount),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 6 },
    )
    .map((refunds) => refunds.map((each, i) => ({ ...each, external_id: `r${i}` })));
  const sum = (numbers: bigint[]) => numbers.reduce((a, b) => a + b, 0n);

  test('the parts add up to the total, and none is below zero or above what it was sold for', () => {
    fc.assert(
      fc.property(anyOrder, anyLines, anyRefunds, (facts, lines, refunds) => {
        const sold = valueOrder(facts, lines, []);
        const value = valueOrder(facts, lines, refunds);
        const parts = [
          value.unitemised_minor,
          value.shipping_minor,
          value.tax_minor,
          ...value.lines.map((each) => each.net_minor),
        ];
        expect(sum(parts)).toBe(value.total_minor);
        expect(parts.every((part) => part >= 0n)).toBe(true);
        value.lines.forEach((each, place) => {
          expect(each.net_minor <= sold.lines[place]!.net_minor).toBe(true);
          expect(each.tax_minor >= 0n && each.tax_minor <= each.net_minor).toBe(true);
          expect(each.quantity_e4 >= 0n && each.quantity_e4 <= lines[place]!.quantity_e4).toBe(true);
        });
      }),
    );
  });

  test('the order of arrival does not matter', () => {
    const shuffled = anyRefunds.chain((refunds) =>
      fc.tuple(fc.constant(refunds), fc.shuffledSubarray(refunds, { minLength: refunds.length })),
    );
    fc.assert(
      fc.property(anyOrder, anyLines, shuffled, (facts, lines, [refunds, otherwise]) => {
        expect(valueOrder(facts, lines, otherwise)).toEqual(valueOrder(facts, lines, refunds));
      }),
    );
  });

  test('the discount of an order leaves its lines to the cent, and contained tax all lies in them', () => {
    fc.assert(
      fc.property(anyOrder, anyLines, (facts, lines) => {
        fc.pre(lines.length > 0);
        const undiscounted = sum(
          valueOrder({ ...facts, discount_minor: 0n }, lines, []).lines.map((each) => each.net_minor),
        );
        const value = valueOrder(facts, lines, []);
        const net = sum(value.lines.map((each) => each.net_minor));
        expect(undiscounted - net).toBe(least(facts.discount_minor, undiscounted));
        const contained = facts.prices_include_tax ? least(facts.tax_minor, net) : 0n;
        expect(sum(value.lines.map((each) => each.tax_minor))).toBe(contained);
      }),
    );
  });

  test('refunds that fit are taken to the cent, whichever was first and whether they name their part', () => {
    const slices = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 9 }),
        part: fc.integer({ min: -3, max: 5 }),
        percent: fc.bigInt(0n, 100n),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(anyOrder, anyLines, slices, (facts, lines, wanted) => {
        fc.pre(lines.length > 0);
        const sold = valueOrder(facts, lines, []);
        const room = new Map<number, bigint>([
          [-1, sold.shipping_minor],
          [-2, sold.tax_minor],
          ...sold.lines.map((each) => [each.line_no, each.net_minor] as const),
        ]);
        let roomInAll = sold.total_minor;
        const refunds = wanted.map(({ day, part, percent }, i) => {
          const inPart = room.get(part) ?? roomInAll;
          const taken = (least(inPart, roomInAll) * percent) / 100n;
          roomInAll -= taken;
          if (room.has(part)) room.set(part, inPart - taken);
          const named = room.has(part)
            ? ({ [-1]: { shipping_minor: taken }, [-2]: { tax_minor: taken } }[part] ?? {
                lines: [{ line_no: part, amount_minor: taken }],
              })
            : { amount_minor: taken };
          return { ...refund(day, named), external_id: `r${i}` };
        });
        expect(valueOrder(facts, lines, refunds).total_minor).toBe(roomInAll);
      }),
    );
  });

  test('all pieces refunded one by one leave nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), amount, amount, (pieces, price, discount) => {
        const one = (day: number) => refund(day, { lines: [{ line_no: 1, quantity_e4: 10_000n }] });
        const all = Array.from({ length: pieces }, (_, i) => one(i + 1));
        expect(left(order(), [line(1, pieces, price, discount)], all)).toEqual(['0 × 0', '0 + 0 = 0']);
      }),
    );
  });
});
