import { seededDice } from '../../packages/server/src/cli/demo/dice.ts';
import { derivedId } from '../../packages/server/src/vocabulary/ids.ts';
import type { ShopPlan, ShopSize } from './plan-shop.ts';

export type MadeOrder = {
  id: string;
  external_id: string;
  /** Null for a guest. */
  customer_id: string | null;
  ordered_at: Date;
  status: string;
  shipping_minor: number;
  tax_minor: number;
  discount_minor: number;
  lines: MadeLine[];
  /** Numbers of the lines that came back, whole. */
  refunded: number[];
};
export type MadeLine = {
  product_id: string;
  quantity: number;
  unit_price_minor: number;
  discount_minor: number;
};

const dayMilliseconds = 86_400_000;
const statuses = [
  ['confirmed', 30],
  ['processing', 5],
  ['delivered', 15],
  ['completed', 42],
  ['pending', 2],
  ['cancelled', 6],
] as const;

/**
 * Makes orders, three lines each on average, one after the other in the order of time: prices with tax in them,
 * discounts on lines and on orders, lines that came back. A tenth of the products makes half of the sales.
 */
export function* makeOrders(
  { start, products }: ShopPlan,
  { orders: count, days }: Pick<ShopSize, 'orders' | 'days'>,
  seed: number,
): Generator<MadeOrder> {
  const dice = seededDice(seed);
  const who = seededDice(seed + 1);
  const first = start.getTime() + Math.floor((365 - days) / 2) * dayMilliseconds;
  const best = Math.ceil(products.length / 10);
  for (let place = 0; place < count; place += 1) {
    const lines = Array.from({ length: dice.int(1, 5) }, (): MadeLine => {
      const product = products[dice.int(0, (dice.chance(0.5) ? best : products.length) - 1)]!;
      const quantity = dice.chance(0.85) ? 1 : dice.int(2, 4);
      const discount_minor = dice.chance(0.05) ? Math.floor(product.price_minor / 10) : 0;
      return { product_id: product.id, quantity, unit_price_minor: product.price_minor, discount_minor };
    });
    const net = lines.reduce(
      (sum, line) => sum + line.quantity * line.unit_price_minor - line.discount_minor,
      0,
    );
    const discount_minor = dice.chance(0.1) ? Math.floor(net / 20) : 0;
    yield {
      id: derivedId('order', 'bench', `o${place}`),
      external_id: `o${place}`,
      customer_id: who.chance(0.15) ? null : customerId(who.int(0, customersOf(count) - 1)),
      ordered_at: new Date(
        first + Math.floor(((place + dice.between(0, 1)) * days * dayMilliseconds) / count),
      ),
      status: dice.weighted(statuses),
      shipping_minor: dice.chance(0.5) ? 490 : 0,
      tax_minor: Math.round(((net - discount_minor) * 19) / 119),
      discount_minor,
      lines,
      refunded: dice.chance(0.05) ? [dice.int(1, lines.length)] : [],
    };
  }
}

/** How many customers a shop of so many orders has: four orders each, less those of guests. */
export function customersOf(orders: number): number {
  return Math.ceil(orders / 4);
}

export function customerId(place: number): string {
  return derivedId('customer', 'bench', `c${place}`);
}
