import type { Database } from '../database/index.ts';
import { readSamePeople } from '../orders/index.ts';
import {
  foldSession,
  type Identification,
  ownerAt,
  readCustomersOfSessions,
  readSessions,
  readSessionsOfCustomers,
  type SessionFacts,
} from '../touches/index.ts';
import type { Touch } from '../vocabulary/credit.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { gatherEmailTouches, touchOfMail } from './gather-email-touches.ts';

/** The order whose path is asked for. */
export type PathOrder = {
  id: string;
  session_id: string | null;
  customer_id: string | null;
  retailer: string | null;
  ordered_at: Date;
};

/** The paths of one order by visit window, and the clicks that were kept out of them. */
export type OrderPaths = {
  paths: Map<number, PathTouch[]>;
  excluded: { session_id: string; clicks: SessionFacts['excluded'] }[];
};
export type PathTouch = Omit<Touch, 'channel_campaign_id'>;

/**
 * Gathers the path of each order, in a handful of keyed statements whatever their number: the touches of its session
 * and, where its customer is known, of every session that was theirs at the sale. Identity goes one hop: a session
 * belongs to the customer of its latest identification until then, and customers of one email hash are one. Clicks in
 * mails to that customer, or to the order's retailer, are touches too.
 *
 * Everything up to the sale is there in the order of time, dead visits too; what happened later is not.
 *
 * @param asked.windows the visit windows in days to fold sessions with
 * @param asked.opens whether opens of mails are touches, besides clicks in them
 */
export async function gatherPaths(
  db: Database,
  orders: PathOrder[],
  { windows, opens }: { windows: number[]; opens: boolean },
): Promise<Map<string, OrderPaths>> {
  const asking = orders.filter(
    ({ session_id, customer_id, retailer }) => (session_id ?? customer_id ?? retailer) !== null,
  );
  if (asking.length === 0 || windows.length === 0) return new Map();
  const { sessionsOf, personOf } = await gatherSessions(db, asking);
  const until = new Date(Math.max(...asking.map(({ ordered_at }) => ordered_at.getTime())));
  const facts = await readSessions(db, unique([...sessionsOf.values()].flat()), until);
  const people = unique([...personOf.values()].flat());
  const emailTouchesOf = await gatherEmailTouches(db, { orders: asking, people, until, opens });
  return new Map(
    asking.map((order) => {
      const theirs = sessionsOf.get(order.id)!.map((id) => [id, facts.get(id)!] as const);
      const mails = emailTouchesOf(order, personOf.get(order.id)!);
      const pathIn = (window: number) =>
        inOrderOfTime([
          ...visitsOf(theirs, order.ordered_at, window),
          ...mails.map((touch) => touchOfMail(touch, window)),
        ]);
      return [
        order.id,
        {
          paths: new Map(windows.map((window) => [window, pathIn(window)])),
          excluded: theirs.flatMap(([session_id, { excluded }]) => {
            const apart = excluded.filter(({ clicked_at }) => clicked_at <= order.ordered_at);
            return apart.length > 0 ? [{ session_id, clicks: apart }] : [];
          }),
        },
      ];
    }),
  );
}

type OrderSessions = {
  /** The sessions of each order, its own first. */
  sessionsOf: Map<string, string[]>;
  /** The customers that the buyer of each order is known as. */
  personOf: Map<string, string[]>;
};

async function gatherSessions(db: Database, orders: PathOrder[]): Promise<OrderSessions> {
  const own = unique(orders.flatMap(({ session_id }) => session_id ?? []));
  const owners = groupBy(await readCustomersOfSessions(db, own), ({ session_id }) => session_id);
  const customerOf = new Map(
    orders.map(({ id, customer_id, session_id, ordered_at }) => [
      id,
      customer_id ?? (session_id === null ? undefined : ownerAt(owners.get(session_id) ?? [], ordered_at)),
    ]),
  );
  const people = await readSamePeople(db, unique([...customerOf.values()].flatMap((id) => id ?? [])));
  const linked = await readSessionsOfCustomers(db, unique([...people.values()].flat()));
  const linkedBy = groupBy(linked, ({ customer_id }) => customer_id);
  const strangers = unique(linked.map(({ session_id }) => session_id)).filter((id) => !owners.has(id));
  for (const [id, rows] of groupBy(
    await readCustomersOfSessions(db, strangers),
    ({ session_id }) => session_id,
  )) {
    owners.set(id, rows);
  }
  const personOf = new Map(orders.map(({ id }) => [id, people.get(customerOf.get(id) ?? '') ?? []]));
  const sessionsOf = new Map(
    orders.map(({ id, session_id, ordered_at }) => {
      const person = personOf.get(id)!;
      const linkedSessions = person.flatMap((customer) =>
        sessionsAt(linkedBy.get(customer) ?? [], owners, person, ordered_at),
      );
      return [id, unique([...(session_id === null ? [] : [session_id]), ...linkedSessions])];
    }),
  );
  return { sessionsOf, personOf };
}

/** Of the sessions that were ever linked to a customer, those that were this person's at an instant. */
function sessionsAt(
  linked: Identification[],
  owners: ReadonlyMap<string, Identification[]>,
  person: string[],
  instant: Date,
): string[] {
  return linked.flatMap(({ session_id }) => {
    const owner = ownerAt(owners.get(session_id) ?? [], instant);
    return owner !== undefined && person.includes(owner) ? [session_id] : [];
  });
}

function visitsOf(
  sessions: (readonly [string, SessionFacts])[],
  until: Date,
  window_days: number,
): PathTouch[] {
  return sessions.flatMap(([session_id, { clicks, activities }]) =>
    foldSession(clicks, activities, { window_days, until }).map((visit) => ({
      touch_id: visit.visit_id,
      kind: 'visit' as const,
      campaign_id: visit.campaign_id,
      channel: visit.channel,
      session_id,
      touched_at: visit.visited_at,
      last_activity_at: visit.last_activity_at,
      expires_at: visit.expires_at,
    })),
  );
}

function inOrderOfTime(touches: PathTouch[]): PathTouch[] {
  return touches.sort(
    (a, b) => a.touched_at.getTime() - b.touched_at.getTime() || (a.touch_id < b.touch_id ? -1 : 1),
  );
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
