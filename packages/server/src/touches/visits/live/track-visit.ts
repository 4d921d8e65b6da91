import { mintId } from '../../../vocabulary/ids.ts';
import { daysLater } from '../../../vocabulary/period.ts';
import type { Client, RouteContext } from '../../../vocabulary/route.ts';
import type { NewClick } from '../insert-clicks.ts';
import { type Arrival, readArrival } from '../read-arrival.ts';
import type { VisitInput } from '../visit-input.ts';
import { adoptLinkClick, linkClickId } from './adopt-link-click.ts';
import { type Intake, intakeOf } from './open-intake.ts';

export type TrackedVisit = {
  visit_id: string;
  campaign_id: string | null;
  /** ISO 8601. */
  expires_at: string;
  /** What is not as the sender may think: why it is kept apart, or that no campaign has its code yet. */
  note?: string;
};

/**
 * Records an arrival as it happens, and answers once it is committed. One that came by a short link takes over the click
 * that the link has counted.
 */
export async function trackVisit(
  { db, settings, clock }: Pick<RouteContext, 'db' | 'settings' | 'clock'>,
  sent: Omit<VisitInput, 'key'>,
  client: Client,
  received_via: 'tracker' | 'link',
): Promise<TrackedVisit> {
  const intake = await intakeOf(db, settings);
  const now = clock.now();
  const arrival = readArrival(sent);
  const about = aboutVisitor(intake, sent, client, now);
  const linkSession = received_via === 'link' ? sent.session_id : (sent.ts_session ?? undefined);
  if (received_via === 'tracker' && linkSession !== undefined) {
    const { excluded } = about;
    const asked = { linkSession, session: sent.session_id, excluded, now };
    const adopted = await adoptLinkClick(db, asked, { window_days: settings.visitWindowDays, priority: 0 });
    if (adopted !== undefined) {
      const { visit_id, campaign_id, expires_at } = adopted;
      const note = excluded === null ? undefined : reasons[excluded];
      return { visit_id, campaign_id, expires_at: expires_at.toISOString(), note };
    }
  }
  const click: NewClick = {
    session_id: sent.session_id,
    id: linkSession === undefined ? mintId(now) : linkClickId(linkSession),
    clicked_at: now,
    campaign_id: null,
    // One by one: spread into it, the three took 2 µs of a visit.
    tracking_code: arrival.tracking_code,
    channel: arrival.channel,
    landing_page: arrival.landing_page,
    referrer: arrival.referrer,
    utm: arrival.utm,
    click_ids: arrival.click_ids,
    device_type: about.agent.device_type,
    browser: about.agent.browser,
    os: about.agent.os,
    country: about.place.country,
    city: about.place.city,
    address_hash: about.place.address_hash,
    user_agent: about.user_agent,
    excluded: about.excluded,
    address: settings.keepAddresses ? client.address : null,
    received_via,
    received_at: now,
  };
  const record = received_via === 'link' ? intake.linkClick : intake.click;
  const { visit_id, campaign_id } = await record(click);
  return {
    visit_id,
    campaign_id,
    expires_at: daysLater(now, settings.visitWindowDays).toISOString(),
    note: noteOf(click, arrival, campaign_id),
  };
}

function aboutVisitor(
  intake: Intake,
  { session_id, user_agent: given, own = false }: Omit<VisitInput, 'key'>,
  { address, userAgent }: Client,
  now: Date,
) {
  const user_agent = given || userAgent || null;
  const agent = intake.agentOf(user_agent ?? '');
  const place = intake.aboutAddress(address);
  const ofSession = intake.countSession(session_id, now);
  const ofAddress = intake.countAddress(address, now);
  const excluded: NewClick['excluded'] =
    agent.device_type === 'bot'
      ? 'bot'
      : own || place.isOwn
        ? 'own_traffic'
        : ofSession > mostOfSession || ofAddress > mostOfAddress
          ? 'impossible_rate'
          : null;
  return { user_agent, agent, place, excluded };
}

// Nobody arrives at a site every second second; behind one address there may be a whole office or train.
const mostOfSession = 30;
const mostOfAddress = 600;

function noteOf({ excluded }: NewClick, { tracking_code }: Arrival, campaignId: string | null) {
  if (excluded !== null) return reasons[excluded];
  if (tracking_code === null || campaignId !== null) return undefined;
  return `No campaign has the tracking code ${tracking_code}. The visit is kept, and will be claimed by the campaign that gets this code.`;
}

const reasons = {
  bot: 'Kept apart as a bot, by its user agent: counted on its own and never credited.',
  own_traffic: 'Kept apart as your own traffic: counted on its own and never credited.',
  impossible_rate:
    'Kept apart since nobody arrives this often in a minute: counted on its own and never credited.',
};
