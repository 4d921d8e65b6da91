import type { OrderInput, RefundInput } from '../../orders/index.ts';
import type { ProductInput } from '../../products/index.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { campaignPlan } from './campaign-plan.ts';
import { catalogue } from './catalogue.ts';
import { type Dice, seededDice } from './dice.ts';
import { type CampaignStep, type LaidOutCampaign, planCampaigns } from './plan-campaigns.ts';
import { ordersPerDay, orderTaker, type PlannedOrder, round, sumOf } from './plan-orders.ts';
import { type VisitedDay, visitPlanner } from './plan-visits.ts';

/** All that happens on one day, to be told to the rooms in this order. */
export type Day = {
  starts: Date;
  /** Midnight, or now on the last day. */
  ends: Date;
  products: Omit<ProductInput, 'source'>[];
  steps: CampaignStep[];
  /** What the ad platforms say the day before cost, or all days before for a campaign entered late. */
  spend: { code: string; day: string; amount: number; source: string }[];
  /** Who visited, also days before in a session that ordered today, and whose sessions that were. */
  visits: VisitedDay['visits'];
  identities: VisitedDay['identities'];
  /** New orders, and new versions of earlier ones. */
  orders: OrderInput[];
  refunds: { order_external_id: string; refund: RefundInput }[];
};

export type YearSize = { endsAt: Date; days: number; orders: number };

const seed = 20_240_229;

/** A year of the shop, day by day, always the same for the same end and size. Pure. */
export function* planYear({ endsAt, days, orders }: YearSize): Generator<Day> {
  const calendar = calendarOf(endsAt, days);
  const campaigns = planCampaigns(campaignPlan, catalogue, calendar);
  const orderDice = seededDice(seed);
  const spendDice = seededDice(seed + 1);
  const laterDice = seededDice(seed + 2);
  const takeOrders = orderTaker(catalogue, campaigns, calendar, orderDice);
  const later = afterthoughts(calendar, laterDice);
  const visitsOn = visitPlanner(campaigns, calendar, seededDice(seed + 3));
  let unsaid: Day['spend'] = [];
  for (const [day, expected] of ordersPerDay(calendar, orders).entries()) {
    const starts = calendar.startOf(day);
    const ends = day === days - 1 ? endsAt : calendar.startOf(day + 1);
    const { orders: taken, visits, identities } = visitsOn(day, takeOrders(day, expected));
    for (const order of taken) later.add(order, day);
    const changed = later.on(day);
    const isEntered = new Set(
      campaigns.filter(({ enteredOn }) => enteredOn <= day).map(({ campaign }) => campaign.code),
    );
    const spend = [...unsaid, ...(day === 0 ? [] : spendOn(day - 1, campaigns, calendar, spendDice))];
    unsaid = spend.filter(({ code }) => !isEntered.has(code));
    yield {
      starts,
      ends,
      products: productsOn(day, days),
      steps: campaigns.flatMap(({ stepsOn }) => stepsOn(day)).filter(({ at }) => at < ends),
      spend: spend.filter(({ code }) => isEntered.has(code)),
      visits,
      identities,
      orders: [...taken, ...changed.orders],
      refunds: changed.refunds,
    };
  }
}

/** The catalogue on the first day, and later what suppliers ask for now. */
function productsOn(day: number, days: number): Day['products'] {
  if (day === 0) {
    return catalogue.map(({ sku, name, category, cost }) => ({
      external_id: sku,
      sku,
      name,
      category,
      ...(cost === null ? {} : { cost }),
    }));
  }
  return costRounds
    .filter(({ share }) => Math.floor(days * share) === day)
    .flatMap(({ category, factor }) =>
      catalogue
        .filter((product) => product.category === category && product.cost !== null)
        .map(({ sku, cost }) => ({ external_id: sku, cost: round(cost! * factor) })),
    );
}

// When, as a share of the year, and by how much.
const costRounds = [
  { share: 0.22, category: 'Footwear', factor: 1.06 },
  { share: 0.41, category: 'Jackets', factor: 1.04 },
  { share: 0.6, category: 'Tents & sleep', factor: 0.95 },
  { share: 0.78, category: 'Footwear', factor: 1.11 },
];

const spendSources: Record<string, string> = {
  facebook: 'meta_ads',
  instagram: 'meta_ads',
  google: 'google_ads',
  tiktok: 'tiktok_ads',
  youtube: 'google_ads',
  email: 'mailer',
  multi: 'agency',
};

function spendOn(day: number, campaigns: LaidOutCampaign[], calendar: Calendar, dice: Dice): Day['spend'] {
  return campaigns.flatMap(({ campaign, promotedOn }) => {
    if (campaign.spend === 0 || promotedOn(day).size === 0) return [];
    return {
      code: campaign.code,
      day: calendar.startOf(day).toISOString().slice(0, 10),
      amount: round(campaign.spend * dice.between(0.75, 1.25)),
      source: spendSources[campaign.platform]!,
    };
  });
}

/** What becomes of orders days later: some are cancelled, some come back in part or whole, some get a little back. */
function afterthoughts(calendar: Calendar, dice: Dice) {
  const orders = new Map<number, OrderInput[]>();
  const refunds = new Map<number, Day['refunds']>();
  const put = <Item>(map: Map<number, Item[]>, day: number, item: Item) => {
    map.set(day, [...(map.get(day) ?? []), item]);
  };

  function add(order: PlannedOrder, day: number): void {
    if (dice.chance(0.024)) {
      const then = day + dice.int(1, 3);
      put(orders, then, { ...order, status: 'cancelled', updated_at: noonOf(then) });
    } else if (dice.chance(0.075)) {
      const then = day + dice.int(4, 24);
      const refund = { external_id: `R-${order.external_id}`, refunded_at: noonOf(then), ...refundOf(order) };
      put(refunds, then, { order_external_id: order.external_id, refund });
    }
  }

  function refundOf({ lines, shipping, discount }: PlannedOrder): Omit<RefundInput, 'external_id'> {
    const kind = dice.weighted(refundKinds);
    if (kind === 'goodwill') {
      const worth = sumOf(lines) - Number(discount ?? 0);
      return { amount: round(Math.min(worth * 0.15, 20)), reason: 'Arrived late; sorry' };
    }
    if (kind === 'whole') {
      const all = lines.map(({ quantity }, place) => ({ line_no: place + 1, quantity }));
      return { lines: all, ...(shipping > 0 ? { shipping } : {}), reason: 'Sent back' };
    }
    const place = dice.int(0, lines.length - 1);
    return { lines: [{ line_no: place + 1, quantity: 1 }], reason: dice.pick(returnReasons) };
  }

  const noonOf = (day: number) => new Date(calendar.startOf(day).getTime() + 12 * 3_600_000);
  // What lies after the end has not happened yet.
  const happened = <Item extends object>(items: Item[] | undefined, timeOf: (item: Item) => Date) =>
    (items ?? []).filter((item) => timeOf(item) < calendar.endsAt);
  return {
    add,
    on: (day: number) => ({
      orders: happened(orders.get(day), ({ updated_at }) => updated_at!),
      refunds: happened(refunds.get(day), ({ refund }) => refund.refunded_at!),
    }),
  };
}

const refundKinds = [
  ['line', 68],
  ['whole', 22],
  ['goodwill', 10],
] as const;

const returnReasons = ['Too small', 'Too large', 'Not that green', 'It stopped raining', 'Already had one'];
