import type { Database } from '../database/index.ts';
import { readEmailHashes } from '../orders/index.ts';
import { type EmailTouch, readEmailTouches } from '../touches/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { daysLater } from '../vocabulary/period.ts';
import type { PathOrder, PathTouch } from './gather-paths.ts';

/** What people did with mails that may have led to an order, each once, in the order of time. */
export type EmailTouchesOf = (order: PathOrder, person: string[]) => EmailTouch[];

/**
 * Reads what people did with mails: with those to the customer of an order, by their address, and with those to its
 * retailer. What machines did is no touch.
 *
 * @param people all customers of the orders, with those who are the same person
 * @param opens whether opens are touches, besides clicks
 */
export async function gatherEmailTouches(
  db: Database,
  { orders, people, until, opens }: { orders: PathOrder[]; people: string[]; until: Date; opens: boolean },
): Promise<EmailTouchesOf> {
  const hashes = await readEmailHashes(db, people);
  const touches = await readEmailTouches(db, {
    email_hashes: [...new Map([...hashes.values()].map((hash) => [hash.toString('hex'), hash])).values()],
    retailers: [...new Set(orders.flatMap(({ retailer }) => retailer ?? []))],
    until: new Date(until.getTime() + 1),
    opens,
  });
  const byPeople = touches.filter(({ machine }) => !machine);
  const byHash = groupBy(byPeople, ({ email_hash }) => email_hash);
  const byRetailer = groupBy(byPeople, ({ retailer }) => retailer);
  return ({ retailer, ordered_at }, person) => {
    const theirs = person.flatMap((id) => byHash.get(hashes.get(id)?.toString('hex') ?? '') ?? []);
    const shops = retailer === null ? [] : (byRetailer.get(retailer) ?? []);
    const found = new Map([...theirs, ...shops].map((touch) => [touch.touch_id, touch]));
    return oncePerMail([...found.values()].filter(({ touched_at }) => touched_at <= ordered_at));
  };
}

/** Of a mail that was only looked at, the last look; a click says all that its looks could say. */
function oncePerMail(touches: EmailTouch[]): EmailTouch[] {
  const clicked = new Set(touches.filter(({ kind }) => kind === 'email_click').map(({ send_id }) => send_id));
  const lastLook = new Map<string, EmailTouch>();
  for (const touch of touches) {
    const last = lastLook.get(touch.send_id);
    if (last === undefined || isBefore(last, touch)) lastLook.set(touch.send_id, touch);
  }
  return touches.filter(
    (touch) =>
      touch.kind === 'email_click' || (!clicked.has(touch.send_id) && lastLook.get(touch.send_id) === touch),
  );
}

function isBefore(a: EmailTouch, b: EmailTouch): boolean {
  const apart = a.touched_at.getTime() - b.touched_at.getTime();
  return apart === 0 ? a.touch_id < b.touch_id : apart < 0;
}

/** What was done with a mail as a touch: it lives for the visit window at most, and nothing extends it. */
export function touchOfMail(
  { touch_id, kind, campaign_id, touched_at }: EmailTouch,
  windowDays: number,
): PathTouch {
  return {
    ...{ touch_id, kind, campaign_id, touched_at },
    channel: 'email',
    session_id: null,
    last_activity_at: touched_at,
    expires_at: daysLater(touched_at, windowDays),
  };
}
