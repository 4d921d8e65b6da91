import type { Api } from './api.ts';
import { must, openShop } from './shop.ts';

const agent =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
/** Noon of a day of March 2026, the first being 1. */
export const day = (number: number) =>
  new Date(Date.parse('2026-03-01T12:00:00Z') + (number - 1) * 86_400_000);
const headers = { 'x-site-key': 'site', 'user-agent': agent };

/**
 * A shop with campaigns A, B and C, told as it happens: the clock is where the story is. Wants `siteKey: 'site'`.
 * Names are made unique per story, so that stories share a database without meeting.
 */
export async function openTouchStory(api: Api, name: string) {
  const shop = openShop(api, name);
  api.clock.set(day(-30));
  await shop.product('shoe');
  for (const campaign of ['A', 'B', 'C']) await shop.campaign(campaign);
  const session = (name: string) => `${shop.source} ${name}`;
  const codes = new Map<string, string>();
  for (const [name, id] of shop.campaignIds) {
    codes.set(name, must(await api.get(`/campaigns/${id}`), 200).data.tracking_code);
  }

  async function click(at: Date, campaign: string | null, name = 's', fields: Record<string, unknown> = {}) {
    api.clock.set(at);
    const tracking_code = campaign === null ? {} : { tracking_code: codes.get(campaign) };
    const body = { session_id: session(name), landing_page: '/', ...tracking_code, ...fields };
    return must(await api.post('/campaigns/track-visit', body, headers), 200).data;
  }
  async function activity(at: Date, name = 's') {
    api.clock.set(at);
    must(await api.post('/campaigns/update-activity', { session_id: session(name) }, headers), 200);
  }
  async function identify(at: Date, customer_id: string, name = 's') {
    api.clock.set(at);
    const body = { session_id: session(name), customer_id, source: shop.source };
    must(await api.post('/campaigns/identify', body, headers), 200);
  }
  async function order(at: Date, fields: Record<string, unknown> = { session_id: session('s') }) {
    api.clock.set(at);
    const reply = await shop.order('o', { at: at.toISOString(), lines: [['shoe', 1, 100]], ...fields });
    await api.settle();
    return reply.data;
  }
  /** What each campaign holds of the order: `A 40.00 B 20.00`. */
  async function held(model: string): Promise<string> {
    await api.settle();
    const { meta } = must(await api.get(`${shop.path('o')}/credits?model=${model}`), 200);
    const sums = new Map<string, number>();
    for (const { campaign_name, revenue } of meta.net) {
      sums.set(campaign_name, (sums.get(campaign_name) ?? 0) + Math.round(revenue * 100));
    }
    return [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, cents]) => `${name} ${(cents / 100).toFixed(2)}`)
      .join(' ');
  }
  return { shop, session, codes, click, activity, identify, order, held };
}
