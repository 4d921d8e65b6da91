import { daysLater, minutesLater } from '../../vocabulary/period.ts';

/** A person's click as the fold sees it; clicks that are kept apart (bots, own traffic) never come here. */
export type ClickFact = {
  id: string;
  clicked_at: Date;
  campaign_id: string | null;
  /** As it stood in the link; it tells arrivals apart whose code no campaign has yet. */
  tracking_code: string | null;
  channel: string;
};

/** A visit: the click that opened it, and every moment at which it was seen to be alive. */
export type Visit = {
  visit_id: string;
  campaign_id: string | null;
  tracking_code: string | null;
  channel: string;
  visited_at: Date;
  last_activity_at: Date;
  expires_at: Date;
  /** Its clicks in the order of time: the one that opened it, then its repeats. */
  click_ids: string[];
};

/** A click this soon after the session was last seen, on the campaign it last clicked, is the same visit. */
export const repeatMinutes = 30;

/**
 * The visits of one session, from all its clicks and activities. Pure, and by event time alone: whatever the order in
 * which the facts arrived, the visits are the same.
 *
 * Every click opens a visit, unless it repeats the session's previous click within 30 idle minutes. Activity and
 * repeats extend the latest visit while it is alive; after its expiry they revive nothing.
 *
 * @param until nothing after this instant counts: an order's own time, when its path is asked for
 * @returns in the order of time; clicks of one instant in the order of their ids
 */
export function foldSession(
  clicks: ClickFact[],
  activities: Date[],
  { window_days, until }: { window_days: number; until?: Date },
): Visit[] {
  const visits: Visit[] = [];
  for (const { at, click } of inOrderOfTime(clicks, activities)) {
    if (until !== undefined && at > until) break;
    const latest = visits.at(-1);
    if (click !== undefined && !isRepeat(click, latest)) {
      visits.push({
        visit_id: click.id,
        campaign_id: click.campaign_id,
        tracking_code: click.tracking_code,
        channel: click.channel,
        visited_at: at,
        last_activity_at: at,
        expires_at: daysLater(at, window_days),
        click_ids: [click.id],
      });
    } else if (latest !== undefined) {
      if (click !== undefined) latest.click_ids.push(click.id);
      if (at < latest.expires_at) {
        latest.last_activity_at = at;
        latest.expires_at = daysLater(at, window_days);
      }
    }
  }
  return visits;
}

type Moment = { at: Date; click?: ClickFact };

/** Activity at the instant of a click belongs to the visit that the click opens. */
function inOrderOfTime(clicks: ClickFact[], activities: Date[]): Moment[] {
  const moments: Moment[] = [
    ...clicks.map((click) => ({ at: click.clicked_at, click })),
    ...activities.map((at) => ({ at })),
  ];
  return moments.sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      Number(a.click === undefined) - Number(b.click === undefined) ||
      (a.click?.id ?? '').localeCompare(b.click?.id ?? ''),
  );
}

function isRepeat(click: ClickFact, latest: Visit | undefined): boolean {
  return (
    latest !== undefined &&
    isSameOrigin(click, latest) &&
    click.clicked_at <= minutesLater(latest.last_activity_at, repeatMinutes)
  );
}

/** The same campaign; of arrivals without one, the same code and channel. */
function isSameOrigin(a: ClickFact, b: Visit): boolean {
  if (a.campaign_id !== null || b.campaign_id !== null) return a.campaign_id === b.campaign_id;
  return a.tracking_code === b.tracking_code && a.channel === b.channel;
}
