import { expect, test } from 'vitest';
import { startApi } from '../../../../test/api.ts';
import { must } from '../../../../test/shop.ts';
import { day, openTouchStory } from '../../../../test/touch-story.ts';

const settings = { models: ['last_touch'], siteKey: 'site' };
const api = await startApi({ now: '2026-01-01T00:00:00Z', settings });

test('a customer’s history names clicks in mails and looks at them, clicks in a retailer’s mails, and visits of before another took the session over', async () => {
  const story = await openTouchStory(api, 'history');
  must(await api.post('/partners', { name: 'Shoe Corner', kind: 'retailer' }), 201);
  for (const name of ['Letter', 'Trade', 'Unread', 'Glanced'])
    await story.shop.campaign(name, { platform: 'email' });

  const mail = async (kind: string, campaign: string, recipient_email: string, at: Date, fields = {}) => {
    const path = `/campaigns/${story.shop.campaignIds.get(campaign)}/email-campaigns`;
    const mailing = must(await api.post(path, { subject: 'News', sender_email: 'a@example.com' }), 201).data
      .id;
    const send = { recipient_email, sent_at: day(1).toISOString(), ...fields };
    must(await api.post(`/email-campaigns/${mailing}/sends/batch`, { items: [send] }), 200);
    const event = {
      kind,
      email_campaign: mailing,
      recipient_email,
      occurred_at: at.toISOString(),
    };
    must(
      await api.post('/email-events/batch', { items: [{ ...event, machine: campaign === 'Unread' }] }),
      200,
    );
  };
  api.clock.set(day(9));
  await mail('clicked', 'Letter', 'ann@example.com', day(3));
  await mail('clicked', 'Trade', 'buyer@corner.example', day(4), { retailer: 'Shoe Corner' });
  await mail('clicked', 'Unread', 'ann@example.com', day(3));
  await mail('opened', 'Glanced', 'ann@example.com', day(3.5));
  await mail('opened', 'Letter', 'ann@example.com', day(3));

  await story.click(day(2), 'A', 'shared');
  await story.identify(day(2), 'ann', 'shared');
  const customer = { external_id: 'ann', email: 'ann@example.com' };
  const { customer: known } = await story.order(day(5), { customer, retailer: 'Shoe Corner' });
  await story.identify(day(6), 'ben', 'shared');
  await story.click(day(7), 'B', 'shared');
  await api.settle();

  const { data } = must(await api.get(`/customers/${known.id}/campaign-history`), 200);
  expect(
    data.map((row: Record<string, unknown>) => [
      ...[row.name, row.visits, row.email_clicks, row.email_opens, row.orders],
    ]),
  ).toEqual([
    ['A', 1, 0, 0, 0],
    ['Letter', 0, 1, 1, 0],
    ['Glanced', 0, 0, 1, 0],
    ['Trade', 0, 1, 0, 1],
  ]);
});
