import { describe, expect, test } from 'vitest';
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

describe('a model that counts looks at mails', async () => {
  const email_open = ['visit', 'email_click', 'email_open'];
  must(
    await api.post('/attribution-models', { model: 'linear', parameters: { touches: email_open } }),
    201,
    202,
  );
  await api.settle();
  const newsletter = await mailing(await shop.campaign('newsletter', { platform: 'email' }));
  const invitation = await mailing(await shop.campaign('invitation', { platform: 'email' }));
  async function open(email_campaign: string, recipient_email: string, occurred_at: string, machine = false) {
    const items = [{ kind: 'opened', email_campaign, recipient_email, occurred_at, machine }];
    must(await api.post('/email-events/batch', { items }), 200);
    await api.settle();
  }
  const told = async (order: string) =>
    (await shop.credits(order, 'linear')).map((line) => line.slice(0, -2));

  test('credits the last look of a day before the sale, also when it becomes known late', async () => {
    await mail(newsletter, 'cid@example.com');
    await order('o4', { customer: { external_id: 'cid', email: 'cid@example.com' } });
    await open(newsletter, 'cid@example.com', '2026-03-09T11:59:59Z');
    expect(await shop.credits('o4', 'linear')).toEqual([]);
    await open(newsletter, 'cid@example.com', '2026-03-09T12:00:00Z');
    expect(await shop.credits('o4', 'linear')).toEqual([
      '0 newsletter 0 5.00 0.00',
      '1 newsletter 1 100.00 –',
    ]);
    expect(await shop.credits('o4', 'last_touch')).toEqual([]);
    const { path } = await shop.explain('o4');
    expect(path.touches).toMatchObject([{ kind: 'email_open', code: 'alive', credited_by: ['linear'] }]);
  });

  test('counts a mail once, by its click where there is one, and no look of a machine', async () => {
    for (const mails of [newsletter, invitation]) await mail(mails, 'dan@example.com');
    await order('o5', { customer: { external_id: 'dan', email: 'dan@example.com' }, shipping: 0 });
    for (const hour of ['08', '09', '10']) {
      await open(newsletter, 'dan@example.com', `2026-03-10T${hour}:00:00Z`);
    }
    await open(invitation, 'dan@example.com', '2026-03-10T10:30:00Z', true);
    expect(await told('o5')).toEqual(['1 newsletter 1 100.00']);
    await click(invitation, 'dan@example.com', '2026-03-10T11:00:00Z');
    expect(await told('o5')).toEqual(['1 invitation 0.5 50.00', '1 newsletter 0.5 50.00']);
    await click(newsletter, 'dan@example.com', '2026-03-05T11:00:00Z');
    expect(await told('o5')).toEqual(['1 invitation 0.5 50.00', '1 newsletter 0.5 50.00']);
    expect((await shop.explain('o5')).path.touches).toHaveLength(2);
    expect(must(await api.post('/admin/verify'), 200).data.difference_count).toBe(0);
  });

  test('is learned from looks that led to no sale, too', async () => {
    await mail(invitation, 'eve@example.com');
    await open(invitation, 'eve@example.com', '2026-03-10T10:00:00Z');
    await open(invitation, 'eve@example.com', '2026-03-12T10:00:00Z');
    const lapses = async (touches: string[]) => {
      const asked = { model: 'markov', order: 1, parameters: { touches } };
      const { id } = must(await api.post('/attribution-models/runs', asked), 202).data;
      await api.settle();
      return must(await api.get(`/attribution-models/runs/${id}`), 200).data.lapses;
    };
    expect((await lapses(email_open)) - (await lapses(['visit', 'email_click']))).toBe(1);
  });

  test.each([
    [{ touches: ['visit'], view_days: 2 }, 'add email_open'],
    [{ touches: email_open, view_days: 31 }, 'at most the visit window, 30'],
    [{ touches: ['email_open', 'email_open'] }, 'twice'],
  ])('%j is refused', async (parameters, message) => {
    const { status, text } = await api.post('/attribution-models', { model: 'linear', parameters });
    expect([status, text]).toEqual([422, expect.stringContaining(message)]);
  });
});
