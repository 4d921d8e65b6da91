import type { OrderInput } from '../../orders/index.ts';
import { type Calendar, demandOn, hourWeights, seasonFactor } from './calendar.ts';
import { type CatalogueProduct, shop } from './catalogue.ts';
import type { Dice } from './dice.ts';
import { firstNames, lastNames } from './people-names.ts';
import type { LaidOutCampaign } from './plan-campaigns.ts';

type Customer = NonNullable<OrderInput['customer']>;
type Line = NonNullable<OrderInput['lines']>[number] & { quantity: number; unit_price: number };

/** An order of the plan, with its amounts as numbers. */
export type PlannedOrder = OrderInput & { ordered_at: Date; lines: Line[]; shipping: number };

/** How many orders each day brings, about `orders` in all. The last day is over only as far as the calendar goes. */
export function ordersPerDay(calendar: Calendar, orders: number): number[] {
  const demand = Array.from({ length: calendar.days }, (_, day) =>
    demandOn(calendar.startOf(day), day, calendar.days),
  );
  const sum = demand.reduce((total, each) => total + each, 0);
  return demand.map((each) => (each / sum) * orders);
}

/** Takes the orders of one day after the other: customers come back, and buy what is in season and promoted. */
export function orderTaker(
  catalogue: CatalogueProduct[],
  campaigns: LaidOutCampaign[],
  calendar: Calendar,
  dice: Dice,
): (day: number, expected: number) => PlannedOrder[] {
  const customers: Customer[] = [];
  let taken = 0;

  return (day, expected) => {
    const date = calendar.startOf(day);
    const promoting = campaigns.map((each) => ({ ...each.campaign, promoted: each.promotedOn(day) }));
    const weights = catalogue.map((product) => {
      const pull = promoting
        .filter(({ promoted }) => promoted.has(product.sku))
        .reduce((sum, each) => sum + each.pull, 0);
      return [product, product.popularity * seasonFactor(product.season, date) * (1 + pull)] as const;
    });
    const count = Math.max(1, Math.round(expected * dice.between(0.85, 1.15)));
    return Array.from({ length: count }, () => timeOn(date))
      .filter((time) => time < calendar.endsAt)
      .sort((a, b) => a.getTime() - b.getTime())
      .map((time) => takeOrder(time, weights, promoting));
  };

  function timeOn(date: Date): Date {
    const seconds = dice.weighted(hourWeights()) * 3600 + dice.int(0, 3599);
    return new Date(date.getTime() + seconds * 1000);
  }

  function takeOrder(
    ordered_at: Date,
    weights: (readonly [CatalogueProduct, number])[],
    promoting: { code: string; platform: string; pull: number; promoted: ReadonlySet<string> }[],
  ): PlannedOrder {
    taken += 1;
    const isSwiss = dice.chance(0.025);
    const wanted = new Set(Array.from({ length: dice.weighted(basketSizes) }, () => dice.weighted(weights)));
    const lines = [...wanted].map((product) => lineOf(product, isSwiss));
    const net = sumOf(lines);
    const coupon = dice.chance(0.09) ? dice.pick(coupons) : undefined;
    const discount = coupon === undefined ? 0 : round(net * coupon.share);
    const told = promoting.filter(({ promoted }) => [...wanted].some(({ sku }) => promoted.has(sku)));
    const via = told.length > 0 && dice.chance(0.4) ? dice.pick(told) : undefined;
    const number = `DD-${100_000 + taken}`;
    return {
      source: shop.source,
      external_id: number,
      order_number: number,
      currency: isSwiss ? 'CHF' : 'EUR',
      ordered_at,
      updated_at: ordered_at,
      status: statusAfter(calendar.endsAt.getTime() - ordered_at.getTime()),
      ...(dice.chance(0.3) ? {} : { customer: nextCustomer() }),
      ...(coupon === undefined ? {} : { coupon: coupon.code }),
      ...(via === undefined
        ? {}
        : { utm: { utm_source: via.platform, utm_campaign: via.code.toLowerCase() } }),
      store: dice.weighted(stores),
      prices_include_tax: true,
      lines,
      shipping: net - discount >= 75 ? 0 : 4.9,
      tax: round(((net - discount) * (isSwiss ? 8.1 : 19)) / (isSwiss ? 108.1 : 119)),
      discount,
    };
  }

  function lineOf({ sku, price }: CatalogueProduct, isSwiss: boolean): Line {
    const quantity = price < 50 && dice.chance(0.3) ? dice.int(2, 4) : 1;
    const unit_price = isSwiss ? Math.ceil(price * 1.04) : price;
    const discount = dice.chance(0.04) ? round(unit_price * quantity * 0.2) : 0;
    return { product: { external_id: sku }, quantity, unit_price, discount };
  }

  function nextCustomer(): Customer {
    const known = customers.length;
    if (known > 50 && dice.chance(0.38))
      return customers[known - 1 - dice.int(0, Math.min(known, 3000) - 1)]!;
    const first = dice.pick(firstNames);
    const last = dice.pick(lastNames);
    const mailbox = `${first}.${last}.${known + 1}`.toLowerCase().replace('ü', 'ue');
    const customer = {
      external_id: `C-${known + 1}`,
      name: `${first} ${last}`,
      email: `${mailbox}@example.org`,
    };
    customers.push(customer);
    return customer;
  }

  function statusAfter(age: number): OrderInput['status'] {
    const days = age / 86_400_000;
    if (dice.chance(0.012)) return 'pending';
    if (days < 1) return 'confirmed';
    if (days < 3) return 'processing';
    return days < 8 ? 'delivered' : 'completed';
  }
}

const basketSizes = [
  [1, 46],
  [2, 30],
  [3, 16],
  [4, 8],
] as const;

const stores = [
  ['web', 71],
  ['app', 21],
  ['Hafenstrasse shop', 8],
] as const;

const coupons = [
  { code: 'PUDDLE10', share: 0.1 },
  { code: 'HELLO5', share: 0.05 },
  { code: 'SORRYABOUTTHEWEATHER', share: 0.15 },
];

/** What the lines come to after their own discounts. */
export function sumOf(lines: Line[]): number {
  return round(
    lines.reduce((sum, line) => sum + line.quantity * line.unit_price - Number(line.discount ?? 0), 0),
  );
}

/** To the cent. */
export function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}
