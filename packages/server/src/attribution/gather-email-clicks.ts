import type { Database } from '../database/index.ts';
import { readEmailHashes } from '../orders/index.ts';
import { type EmailClick, readEmailClicks } from '../touches/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { daysLater } from '../vocabulary/period.ts';
import type { PathOrder, PathTouch } from './gather-paths.ts';

/** The clicks in mails that may have led to an order, each once, in the order of time. */
export type EmailClicksOf = (order: PathOrder, person: string[]) => EmailClick[];

/**
 * Reads the clicks people made in mails: those of mails to the customer of an order, by their address, and of mails to
 * its retailer. Clicks by machines are no touches.
 *
 * @param people all customers of the orders, with those who are the same person
 */
export async function gatherEmailClicks(
  db: Database,
  orders: PathOrder[],
  people: string[],
  until: Date,
): Promise<EmailClicksOf> {
  const hashes = await readEmailHashes(db, people);
  const clicks = await readEmailClicks(db, {
    email_hashes: [...new Map([...hashes.values()].map((hash) => [hash.toString('hex'), hash])).values()],
    retailers: [...new Set(orders.flatMap(({ retailer }) => retailer ?? []))],
    until: new Date(until.getTime() + 1),
  });
  const byPeople = clicks.filter(({ machine }) => !machine);
  const byHash = groupBy(byPeople, ({ email_hash }) => email_hash);
  const byRetailer = groupBy(byPeople, ({ retailer }) => retailer);
  return ({ retailer, ordered_at }, person) => {
    const theirs = person.flatMap((id) => byHash.get(hashes.get(id)?.toString('hex') ?? '') ?? []);
    const shops = retailer === null ? [] : (byRetailer.get(retailer) ?? []);
    const found = new Map([...theirs, ...shops].map((click) => [click.touch_id, click]));
    return [...found.values()].filter(({ clicked_at }) => clicked_at <= ordered_at);
  };
}

/** A click in a mail as a touch: it lives for the visit window, and nothing extends it. */
export function touchOfEmailClick(
  { touch_id, campaign_id, clicked_at }: EmailClick,
  windowDays: number,
): PathTouch {
  return {
    touch_id,
    kind: 'email_click',
    campaign_id,
    channel: 'email',
    session_id: null,
    touched_at: clicked_at,
    last_activity_at: clicked_at,
    expires_at: daysLater(clicked_at, windowDays),
  };
}
