import { recordSpend } from '../../campaigns/index.ts';
import { recordOrders, recordRefund } from '../../orders/index.ts';
import { recordProducts } from '../../products/index.ts';
import { recordIdentityRows, recordVisits } from '../../touches/index.ts';
import type { settableClock } from '../../vocabulary/clock.ts';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import { derivedId } from '../../vocabulary/ids.ts';
import { parseMoney } from '../../vocabulary/money.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { shop } from './catalogue.ts';
import type { Day } from './plan-year.ts';
import { type CampaignIds, takeStep } from './take-step.ts';

export type PlayContext = RouteContext & { clock: ReturnType<typeof settableClock> };

const hourMilliseconds = 3_600_000;

/**
 * Tells the rooms what happened on a day, through the verbs of life, with the clock put to when it happened: what
 * things cost, what became of campaigns, what the platforms charged, what came back, and in the evening who came and what was sold.
 */
export async function playDay(context: PlayContext, day: Day, ids: CampaignIds): Promise<void> {
  const { db, clock, settings } = context;
  const actor = context.actor.name;
  const at = (hour: number) =>
    clock.set(new Date(Math.min(day.starts.getTime() + hour * hourMilliseconds, day.ends.getTime())));

  at(0);
  const { currency } = settings;
  const products = day.products.map((product) => ({ ...product, source: shop.source }));
  refuseRejected(await recordProducts(db, products, { clock, actor, currency }));
  for (const step of day.steps) {
    clock.set(step.at);
    await takeStep(context, step, ids);
  }

  at(6);
  const spend = day.spend.map(({ code, amount, ...entry }) => ({
    ...entry,
    campaign_id: ids.get(code)!,
    amount_minor: parseMoney(amount, 'EUR')!,
    currency: 'EUR',
  }));
  if (spend.length > 0) await recordSpend(db, spend, { actor, at: clock.now() });

  at(12);
  for (const { order_external_id, refund } of day.refunds) {
    await recordRefund(db, derivedId('order', shop.source, order_external_id), refund, { clock, actor });
  }

  at(24);
  const { visitWindowDays } = settings;
  refuseRejected(await recordVisits(db, day.visits, { clock, visitWindowDays }));
  refuseRejected(await recordIdentityRows(db, day.identities, { clock }));
  refuseRejected(await recordOrders(db, day.orders, { clock, actor, currency, receivedVia: 'demo' }));
}

function refuseRejected(outcomes: Awaited<ReturnType<typeof recordOrders>>): void {
  for (const outcome of outcomes) {
    if (outcome.outcome !== 'rejected') continue;
    const { code, message, fields } = outcome.error;
    throw new TouchstoneError(code, `The demo cannot record ${outcome.external_id}: ${message}`, fields);
  }
}
