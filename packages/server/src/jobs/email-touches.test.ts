import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';

const models = ['product_split', 'last_touch', 'linear'];
const api = await startApi({ now: '2026-03-20T12:00:00Z', settings: { models } });
const shop = openShop(api, 'mails');
await shop.product('shoe');

async function mailing(campaignId: string): Promise<string> {
  const body = { subject: 'News', sender_email: 'brand@example.com' };
  return must(await api.post(`/campaigns/${campaignId}/email-campaigns`, body), 201).data.id;
}

async function mail(email_campaign: string, recipient_email: string, fields: Record<string, unknown> = {}) {
  const sends = [{ recipient_email, sent_at: '2026-03-01T09:00:00Z', ...fields }];
  must(await api.post(`/email-campaigns/${email_campaign}/sends/batch`, { items: sends }), 200);
}

async function click(email_campaign: string, recipient_email: string, occurred_at: string, machine = false) {
  const items = [{ kind: 'clicked', email_campaign, recipient_email, occurred_at, machine }];
  must(await api.post('/email-events/batch', { items }), 200);
  await api.settle();
}

const order = (name: string, fields: Record<string, unknown>) =>
  shop.order(name, { at: '2026-03-10T12:00:00Z', lines: [['shoe', 1, 100]], shipping: 5, ...fields });

test('a click in a mail is a touch of whoever got it, found again when it arrives after the order', async () => {
  const spring = await shop.campaign('spring', { platform: 'email' });
  const mails = await mailing(spring);
  await mail(mails, 'ann@example.com');
  const { data } = await order('o1', { customer: { external_id: 'ann', email: 'Ann@Example.com' } });
  await api.settle();
  expect([data.campaign_id, await shop.credits('o1', 'last_touch')]).toEqual([null, []]);

  await click(mails, 'ann@example.com', '2026-03-05T12:00:00Z');
  expect(await shop.credits('o1', 'last_touch')).toEqual(['0 spring 0 5.00 0.00', '1 spring 1 100.00 –']);
  const { path } = await shop.explain('o1');
  expect(path.touches).toMatchObject([
    { kind: 'email_click', campaign_id: spring, code: 'alive', credited_by: ['last_touch', 'linear'] },
  ]);
});

test('a click by a machine, one after the order and one of a month before it earn nothing', async () => {
  const mails = await mailing(await shop.campaign('summer', { platform: 'email' }));
  await mail(mails, 'ben@example.com');
  await order('o2', { customer: { external_id: 'ben', email: 'ben@example.com' } });
  await click(mails, 'ben@example.com', '2026-03-05T12:00:00Z', true);
  await click(mails, 'ben@example.com', '2026-03-10T12:00:01Z');
  await click(mails, 'ben@example.com', '2026-02-08T11:59:59Z');
  expect(await shop.credits('o2', 'last_touch')).toEqual([]);
});

test('a mail to the retailer of an order counts for it, whoever bought there', async () => {
  must(await api.post('/partners', { name: 'Shoe Corner', kind: 'retailer', region: 'North' }), 201);
  const mails = await mailing(await shop.campaign('trade', { platform: 'email' }));
  await mail(mails, 'buyer@shoecorner.example', { retailer: 'Shoe Corner' });
  await click(mails, 'buyer@shoecorner.example', '2026-03-05T12:00:00Z');
  const { data } = await order('o3', { retailer: 'shoe corner' });
  await api.settle();
  expect(data.campaign_id).toBe(shop.campaignIds.get('trade'));
  expect(await shop.credits('o3', 'last_touch')).toEqual(['0 trade 0 5.00 0.00', '1 trade 1 100.00 –']);
  expect(must(await api.post('/admin/verify'), 200).data.difference_count).toBe(0);
});

test('a retailer that is called otherwise is mailed so: orders that name it by then are settled again', async () => {
  const made = must(await api.post('/partners', { name: 'Boot Barn', kind: 'retailer' }), 201).data;
  const mails = await mailing(await shop.campaign('barn', { platform: 'email' }));
  await mail(mails, 'buyer@bootbarn.example', { retailer: made.id });
  await click(mails, 'buyer@bootbarn.example', '2026-03-05T12:00:00Z');
  await order('o4', { retailer: 'BB-7' });
  await order('o5', { retailer: made.id });
  await api.settle();
  const credited = () => Promise.all(['o4', 'o5'].map((each) => shop.credits(each, 'last_touch')));
  const [barn4, barn5] = ['o4', 'o5'].map(() => ['0 barn 0 5.00 0.00', '1 barn 1 100.00 –']);
  expect(await credited()).toEqual([[], barn5]);

  must(await api.patch(`/partners/${made.id}`, { aliases: ['bb-7'] }), 200);
  await api.settle();
  expect(await credited()).toEqual([barn4, barn5]);
  must(await api.patch(`/partners/${made.id}`, { aliases: [] }), 200);
  await api.settle();
  expect(await credited()).toEqual([[], barn5]);
  expect(must(await api.post('/admin/verify'), 200).data.difference_count).toBe(0);
});
