import { type Dice, seededDice } from '../../packages/server/src/cli/demo/dice.ts';
import { derivedId } from '../../packages/server/src/vocabulary/ids.ts';

/** How large a shop to measure; its orders lie in the `days` in the middle of the year. */
export type ShopSize = {
  orders: number;
  days: number;
  products: number;
  campaigns: number;
  targets: number;
};

export type PlannedProduct = {
  id: string;
  external_id: string;
  category: string;
  price_minor: number;
  /** Unit costs with the day on which each comes into force; empty where the cost is unknown. */
  costs: { from: Date; unit_cost_minor: number }[];
};

export type PlannedCampaign = {
  id: string;
  parent_id: string | null;
  name: string;
  platform: string;
  created_at: Date;
  running: { from: Date; to: Date | null }[];
  targets: { product_id: string; from: Date; to: Date | null }[];
};

export type ShopPlan = { start: Date; products: PlannedProduct[]; campaigns: PlannedCampaign[] };

const dayMilliseconds = 86_400_000;
const platforms = ['facebook', 'instagram', 'google', 'tiktok', 'youtube', 'email'];

/**
 * Plans a year of a shop: products with costs that change, campaigns in trees of ten that run in one or two periods,
 * and target periods spread over them. Half of the targets go to the tenth of the products that sells most, as in life.
 * Pure: the same size and seed give the same shop.
 */
export function planShop(size: ShopSize, seed: number): ShopPlan {
  const dice = seededDice(seed);
  const start = new Date('2025-01-01T00:00:00Z');
  const products = Array.from({ length: size.products }, (_, place) => planProduct(place, start, dice));
  const campaigns: PlannedCampaign[] = [];
  for (let place = 0; place < size.campaigns; place += 1) {
    campaigns.push(
      planCampaign(place, start, place % 10 === 0 ? null : campaigns[place - (place % 10)]!, dice),
    );
  }
  for (let place = 0; place < size.targets; place += 1) {
    addTarget(campaigns[place % campaigns.length]!, products, dice);
  }
  return { start, products, campaigns };
}

function planProduct(place: number, start: Date, dice: Dice): PlannedProduct {
  const price_minor = dice.int(500, 20_000);
  const cost = Math.round(price_minor * dice.between(0.3, 0.6));
  const raised = { from: dayOf(start, dice.int(60, 300)), unit_cost_minor: Math.round(cost * 1.07) };
  return {
    id: derivedId('product', 'bench', `p${place}`),
    external_id: `p${place}`,
    category: `category ${place % 20}`,
    price_minor,
    costs: dice.chance(0.1)
      ? []
      : [{ from: start, unit_cost_minor: cost }, ...(dice.chance(0.5) ? [raised] : [])],
  };
}

function planCampaign(
  place: number,
  start: Date,
  parent: PlannedCampaign | null,
  dice: Dice,
): PlannedCampaign {
  const first = dice.int(0, 250);
  const length = dice.int(30, 200);
  const paused = dice.chance(0.4) ? Math.floor(length / 2) : undefined;
  const end = dayOf(start, first + length);
  return {
    id: derivedId('campaign', 'bench', String(place)),
    parent_id: parent?.id ?? null,
    name: `Campaign ${place}`,
    platform: platforms[place % platforms.length]!,
    created_at: new Date(start.getTime() + place),
    running:
      paused === undefined
        ? [{ from: dayOf(start, first), to: end }]
        : [
            { from: dayOf(start, first), to: dayOf(start, first + paused) },
            { from: dayOf(start, first + paused + 7), to: end },
          ],
    targets: [],
  };
}

function addTarget(campaign: PlannedCampaign, products: PlannedProduct[], dice: Dice): void {
  const best = Math.ceil(products.length / 10);
  for (;;) {
    const product_id = products[dice.int(0, (dice.chance(0.5) ? best : products.length) - 1)]!.id;
    if (campaign.targets.some((target) => target.product_id === product_id)) continue;
    const [first] = campaign.running;
    const from = first!.from;
    const to = dice.chance(0.2) ? new Date(from.getTime() + dice.int(10, 60) * dayMilliseconds) : null;
    campaign.targets.push({ product_id, from, to });
    return;
  }
}

function dayOf(start: Date, day: number): Date {
  return new Date(start.getTime() + day * dayMilliseconds);
}
