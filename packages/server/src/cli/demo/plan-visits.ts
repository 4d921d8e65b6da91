import { derivedId } from '../../vocabulary/ids.ts';
import { minutesLater } from '../../vocabulary/period.ts';
import type { Calendar } from './calendar.ts';
import { hourWeights } from './calendar.ts';
import type { PlannedCampaign } from './campaign-plan.ts';
import { shop } from './catalogue.ts';
import type { Dice } from './dice.ts';
import type { LaidOutCampaign } from './plan-campaigns.ts';
import type { PlannedOrder } from './plan-orders.ts';
import { agents, countries, crawlers, referrers } from './visitors.ts';

/** Somebody who came, as the batch of visits takes it. */
export type PlannedVisit = {
  session_id: string;
  visited_at: Date;
  last_activity_at: Date;
  landing_page: string;
  referrer: string | null;
  user_agent: string;
  country: string;
};

/** A session that was signed in to. */
export type PlannedIdentity = {
  session_id: string;
  customer_id: string;
  source: string;
  identified_at: Date;
};

export type VisitedDay = { orders: PlannedOrder[]; visits: PlannedVisit[]; identities: PlannedIdentity[] };

const visitsPerOrder = 3;

/**
 * Plans who visited on the way to the orders of a day, and who only looked: about half of the orders are of a session
 * that is known, some of their customers were here on another device before.
 */
export function visitPlanner(
  campaigns: LaidOutCampaign[],
  calendar: Calendar,
  dice: Dice,
): (day: number, orders: PlannedOrder[]) => VisitedDay {
  let sessions = 0;

  return (day, orders) => {
    const visits: PlannedVisit[] = [];
    const identities: PlannedIdentity[] = [];
    const withSessions = orders.map((order) => {
      if (!dice.chance(0.5)) return order;
      const session_id = nextSession();
      visits.push(...visitsBefore(order, session_id));
      if (order.customer && dice.chance(0.12)) {
        const before = onAnotherDevice(order);
        visits.push(before);
        identities.push({
          session_id: before.session_id,
          customer_id: order.customer.external_id,
          source: shop.source,
          identified_at: before.last_activity_at,
        });
      }
      return { ...order, session_id };
    });
    const looking = Math.max(0, orders.length * visitsPerOrder - visits.length);
    for (let visitor = 0; visitor < looking; visitor += 1) {
      const visited_at = timeOn(day);
      const visit = visitAt(visited_at, nextSession(), codeOn(visited_at), dice.int(0, 12));
      if (visit.last_activity_at < calendar.endsAt) visits.push(visit);
    }
    return { orders: withSessions, visits, identities };
  };

  function nextSession(): string {
    sessions += 1;
    return derivedId('demo session', String(sessions));
  }

  /** The last visit leads to the order, the ones before lie days back. */
  function visitsBefore(order: PlannedOrder, session_id: string): PlannedVisit[] {
    const earlier = dice.weighted(earlierVisits);
    const user = visitorOf();
    const claimed = order.utm?.utm_campaign?.toUpperCase();
    const before = Array.from({ length: earlier }, () =>
      minutesLater(order.ordered_at, -dice.int(600, 14 * 24 * 60)),
    ).filter((time) => time >= calendar.startOf(0));
    const last = minutesLater(order.ordered_at, -dice.int(4, 55));
    return [
      ...before.map((time) => ({ ...visitAt(time, session_id, codeOn(time), dice.int(0, 9)), ...user })),
      {
        ...visitAt(last, session_id, claimed ?? codeOn(last), 0),
        ...user,
        last_activity_at: minutesLater(order.ordered_at, -1),
      },
    ];
  }

  function onAnotherDevice({ ordered_at }: PlannedOrder): PlannedVisit {
    const wanted = minutesLater(ordered_at, -dice.int(300, 10 * 24 * 60));
    const time = wanted < calendar.startOf(0) ? minutesLater(ordered_at, -120) : wanted;
    return visitAt(time, nextSession(), codeOn(time), dice.int(1, 6));
  }

  function visitAt(
    visited_at: Date,
    session_id: string,
    code: string | undefined,
    minutes: number,
  ): PlannedVisit {
    const campaign = campaigns.find((each) => each.campaign.code === code)?.campaign;
    return {
      session_id,
      visited_at,
      last_activity_at: minutesLater(visited_at, minutes),
      landing_page: campaign === undefined ? `${shop.site}/` : `${shop.site}/?${taggedBy(campaign)}`,
      referrer: campaign === undefined ? dice.weighted(referrers.other) : referrers.of[campaign.platform],
      ...visitorOf(),
    };
  }

  function visitorOf(): Pick<PlannedVisit, 'user_agent' | 'country'> {
    const user_agent = dice.chance(0.03) ? dice.pick(crawlers) : dice.weighted(agents);
    return { user_agent, country: dice.weighted(countries) };
  }

  function taggedBy({ platform, type, code }: PlannedCampaign): URLSearchParams {
    const medium = platform === 'email' ? 'email' : type === 'ad' ? 'cpc' : 'social';
    const tags = { utm_source: platform, utm_medium: medium, utm_campaign: code };
    const isClicked = platform === 'google' && type === 'ad';
    return new URLSearchParams(isClicked ? { ...tags, gclid: `demo-${dice.int(1e6, 9e6)}` } : tags);
  }

  /** Which campaign somebody came by; undefined for two in five, who came by themselves. */
  function codeOn(time: Date): string | undefined {
    const day = Math.floor((time.getTime() - calendar.startOf(0).getTime()) / 86_400_000);
    const running = campaigns
      .filter(({ campaign, promotedOn }) => campaign.pull > 0 && promotedOn(day).size > 0)
      .map(({ campaign }) => [campaign.code, campaign.pull] as const);
    return running.length === 0 || dice.chance(0.4) ? undefined : dice.weighted(running);
  }

  function timeOn(day: number): Date {
    const seconds = dice.weighted(hourWeights()) * 3600 + dice.int(0, 3599);
    return new Date(calendar.startOf(day).getTime() + seconds * 1000);
  }
}

const earlierVisits = [
  [0, 62],
  [1, 26],
  [2, 12],
] as const;
