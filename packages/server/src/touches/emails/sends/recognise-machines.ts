import { isbot } from 'isbot';
import { groupBy } from '../../../vocabulary/group-by.ts';

/** An open or a click, as far as it tells who did it. */
export type Engagement = {
  id: string;
  kind: string;
  occurred_at: Date;
  provider: string;
  url: string | null;
  user_agent: string | null;
  flagged: boolean;
};

/**
 * Why an open or click is taken for a machine's: the provider says so · Apple's privacy proxy loads every picture ·
 * a program that says what it is · within seconds of the delivery · several links within seconds.
 */
export type MachineReason = 'provider' | 'apple_privacy' | 'bot' | 'at_delivery' | 'every_link';

/** Nobody reads a mail this soon; scanners look before it is in the inbox, or right after. */
const withinDeliveryMs = 5_000;
/** Nobody follows this many different links of a mail in this time. */
const manyLinks = 3;
const manyLinksMs = 10_000;

/**
 * What programs that open mails without a reader call themselves. A list of bots will not do for opens: to it a mail
 * program, and the proxy of one, which call themselves things that browsers never do, are bots.
 */
const saysMachine =
  /bot\b|crawl|spider|slurp|scan|preview|headless|phantomjs|curl|wget|python|go-http-client|libwww|java\/|axios|node-fetch|barracuda|mimecast|proofpoint|symantec|trendmicro|fireeye|cloudmark|ironport|forcepoint/i;

/** What files and hand entries tell is often as coarse as a minute; equal times prove nothing there. */
export const toldProviders: ReadonlySet<string> = new Set(['file', 'told']);

/**
 * Tells the opens and clicks of one send apart: by machines, with the reason, and by people (null). It depends on all
 * events of the send and not on their order.
 *
 * @param deliveries when the send was delivered, as far as that was told
 */
export function recogniseMachines(
  events: Engagement[],
  deliveries: { occurred_at: Date; provider: string }[],
): Map<string, MachineReason | null> {
  const swept = sweptLinks(events.filter(({ kind }) => kind === 'clicked'));
  return new Map(
    events
      .filter(({ kind }) => kind === 'opened' || kind === 'clicked')
      .map((event) => [event.id, reasonOf(event, deliveries, swept)]),
  );
}

function reasonOf(
  event: Engagement,
  deliveries: { occurred_at: Date; provider: string }[],
  swept: Set<string>,
): MachineReason | null {
  if (event.flagged) return 'provider';
  const agent = event.user_agent?.trim() ?? '';
  // The whole of what Apple's proxy says of itself; no browser says as little.
  if (event.kind === 'opened' && agent === 'Mozilla/5.0') return 'apple_privacy';
  if (event.kind === 'clicked' && agent !== '' && isbot(agent)) return 'bot';
  if (event.kind === 'opened' && saysMachine.test(agent)) return 'bot';
  if (swept.has(event.id)) return 'every_link';
  return deliveries.some((delivery) => isAtDelivery(event, delivery)) ? 'at_delivery' : null;
}

function isAtDelivery(event: Engagement, delivery: { occurred_at: Date; provider: string }): boolean {
  const apart = Math.abs(event.occurred_at.getTime() - delivery.occurred_at.getTime());
  const isTold = toldProviders.has(event.provider) || toldProviders.has(delivery.provider);
  return apart <= withinDeliveryMs && !(isTold && apart === 0);
}

/** Clicks that lie among several different links followed at once. */
function sweptLinks(clicks: Engagement[]): Set<string> {
  const swept = new Set<string>();
  const inTime = clicks.toSorted((a, b) => a.occurred_at.getTime() - b.occurred_at.getTime());
  for (const [place, first] of inTime.entries()) {
    const until = first.occurred_at.getTime() + manyLinksMs;
    const together = inTime.slice(place).filter(({ occurred_at }) => occurred_at.getTime() <= until);
    if (groupBy(together, ({ url }) => url).size < manyLinks) continue;
    for (const { id } of together) swept.add(id);
  }
  return swept;
}
