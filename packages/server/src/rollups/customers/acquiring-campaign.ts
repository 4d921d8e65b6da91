import type { StandingCredit } from '../measure-order.ts';

/** When campaigns were created, by id; built-in channels are not among them. */
export type CampaignAges = Map<string, Date>;

/**
 * The campaign that an order is counted for where only one can be: the one with the largest share of its credited
 * revenue (of its quantity, where nothing was paid); between equals the campaign created first, then the smaller id.
 * Null when no campaign holds any. Pure.
 */
export function acquiringCampaign(credits: StandingCredit[], ages: CampaignAges): string | null {
  const held = heldBy(credits.filter(({ campaign_id }) => ages.has(campaign_id)));
  const [best] = [...held]
    .filter(([, { revenue_minor, quantity_e4 }]) => revenue_minor !== 0n || quantity_e4 !== 0n)
    .sort(
      ([a, one], [b, other]) =>
        compare(other.revenue_minor, one.revenue_minor) ||
        compare(other.quantity_e4, one.quantity_e4) ||
        compare(ages.get(a)!.getTime(), ages.get(b)!.getTime()) ||
        compare(a, b),
    );
  return best?.[0] ?? null;
}

type Held = Pick<StandingCredit, 'revenue_minor' | 'quantity_e4'>;

/** What each campaign holds of an order, over its lines. */
export function heldBy(credits: ({ campaign_id: string } & Held)[]): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { campaign_id, revenue_minor, quantity_e4 } of credits) {
    const sum = held.get(campaign_id);
    held.set(campaign_id, {
      revenue_minor: (sum?.revenue_minor ?? 0n) + revenue_minor,
      quantity_e4: (sum?.quantity_e4 ?? 0n) + quantity_e4,
    });
  }
  return held;
}

function compare<T extends bigint | number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
