import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { must } from '../../../test/shop.ts';

const models = ['product_full', 'product_split', 'last_touch'];
const api = await startApi({ now: '2026-03-20T12:00:00Z', settings: { models } });
const ask = reporter(api);

async function campaign(name: string, fields: Record<string, unknown> = {}): Promise<string> {
  return must(await api.post('/campaigns', { name, platform: 'email', ...fields }), 201).data.id;
}

async function partner(name: string, region: string | null): Promise<void> {
  must(await api.post('/partners', { kind: 'retailer', name, region }), 201);
}

async function mailing(
  campaignId: string,
  subject: string,
  items: Record<string, unknown>[],
): Promise<string> {
  const body = { subject, sender_email: 'brand@example.com' };
  const { id } = must(await api.post(`/campaigns/${campaignId}/email-campaigns`, body), 201).data;
  const { meta } = must(await api.post(`/email-campaigns/${id}/sends/batch`, { items }), 200);
  expect(meta.rejected).toBe(0);
  return id;
}

const sale = async (external_id: string, fields: Record<string, unknown>) =>
  must(
    await api.post('/conversions', {
      source: 'crm',
      external_id,
      kind: 'sale',
      converted_at: '2026-03-05T12:00:00Z',
      ...fields,
    }),
    201,
  ).data;

const order = async (external_id: string, fields: Record<string, unknown>) =>
  must(
    await api.post('/orders', {
      source: 'shop',
      external_id,
      currency: 'EUR',
      status: 'confirmed',
      ordered_at: '2026-03-06T12:00:00Z',
      ...fields,
    }),
    201,
  ).data;

const at = (minute: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + minute * 60_000).toISOString();

describe('sends, sales and spend of a campaign', async () => {
  const id = await campaign('Plain');
  const recipients = ['a', 'b', 'c'].map((name) => ({
    recipient_email: `${name}@plain.example`,
    sent_at: at(0),
  }));
  await mailing(id, 'One', recipients);
  await sale('plain', { value: 120, campaign: 'Plain' });
  await order('plain', { total: 70, reported_campaign: 'Plain' });
  const figures = `/reports/email/summary?campaign_id=${id}`;

  it('are each summed on their own: 3 sends, a sale of 120 and an order of 70 are 3 sends and 190', async () => {
    const { rows, totals } = await ask(figures, 'name sent sales revenue');
    expect([rows, totals]).toEqual([['Plain 3 2 190'], '3 2 190']);
  });

  it('bring not a cent more when a second mailing goes to everybody', async () => {
    await mailing(id, 'Two', recipients);
    expect((await ask(figures, 'sent sales revenue')).rows).toEqual(['6 2 190']);
  });

  it('count a sale once that names the order: at what the CRM says it is worth', async () => {
    await sale('plain-again', {
      value: 120,
      campaign: 'Plain',
      order: { source: 'shop', external_id: 'plain' },
    });
    must(
      await api.post('/conversions', {
        source: 'crm',
        external_id: 'plain',
        kind: 'sale',
        value: 120,
        campaign: 'Plain',
        withdrawn: true,
        converted_at: '2026-03-05T12:00:00Z',
      }),
      200,
    );
    expect((await ask(figures, 'sent sales revenue')).rows).toEqual(['6 1 120']);
    const { rows } = await api.pool.query(
      'select total_emails_sent, total_revenue::float from reporting.campaign_performance_summary where campaign_id = $1',
      [id],
    );
    expect(rows).toEqual([{ total_emails_sent: 6n, total_revenue: 120 }]);
  });
});

describe('the documented campaign', async () => {
  const id = await campaign('Marco', { budget_type: 'lifetime', budget_amount: 75_000 });
  must(await api.post(`/campaigns/${id}/spend`, { day: '2026-03-01', amount: 33_500 }), 201);
  await partner('Betteridge', 'East');
  await partner('Westime', 'West');
  await partner('Cartier', 'West');
  const went = (name: string, retailer: string, minutes: Record<string, number>) => ({
    recipient_email: `${name}@marco.example`,
    retailer,
    sent_at: at(0),
    ...Object.fromEntries(Object.entries(minutes).map(([kind, minute]) => [`${kind}_at`, at(minute)])),
  });
  const marco = await mailing(id, 'Introducing', [
    went('b1', 'Betteridge', { delivered: 1, opened: 30, clicked: 31 }),
    went('b2', 'Betteridge', { delivered: 1, opened: 40 }),
    went('w1', 'Westime', { delivered: 1 }),
    went('w2', 'Westime', { bounced: 2 }),
    went('c1', 'Cartier', { delivered: 1, opened: 50, clicked: 55 }),
    went('n1', 'Cartier', { delivered: 1 }),
  ]);
  must(
    await api.post('/email-events/batch', {
      items: [
        {
          kind: 'opened',
          occurred_at: at(3),
          recipient_email: 'w1@marco.example',
          email_campaign: marco,
          user_agent: 'Mozilla/5.0',
        },
      ],
    }),
    200,
  );
  await sale('m1', { value: 30_000, campaign: 'Marco', retailer: 'betteridge', product_category: 'Rings' });
  await sale('m2', { value: 8_500, campaign: 'Marco', retailer: 'Westime', product_category: 'Earrings' });
  await order('m3', { total: 3_000, reported_campaign: 'Marco', retailer: 'Somebody Else' });
  must(
    await api.post('/conversions', {
      source: 'crm',
      external_id: 'm4',
      kind: 'lead',
      value: 900,
      campaign: 'Marco',
      retailer: 'Cartier',
      product_category: 'Rings',
      converted_at: '2026-03-05T12:00:00Z',
    }),
    201,
  );
  await order('unclaimed', { total: 500, ordered_at: '2026-03-06T12:00:00Z' });
  const of = `campaign_id=${id}`;

  it('returns 23.9 % on 33,500 of its 75,000, a ROAS of 1.24, and is Standard', async () => {
    const { data } = must(await api.get(`/campaigns/${id}/email-performance`), 200);
    expect(data).toMatchObject({
      budget_allocated: 75_000,
      spend: 33_500,
      revenue: 41_500,
      roi: 23.88,
      roas: 1.2388,
      tier: 'Standard',
      retailers: 3,
      sales: 3,
      leads: 1,
      lead_value: 900,
      average_order_value: 13_833.33,
    });
    const { rows } = await api.pool.query(
      `select roi_percentage::text, roas::text, performance_tier, total_retailers::int, open_rate::float
         from reporting.campaign_performance_summary where campaign_id = $1`,
      [id],
    );
    expect(rows).toEqual([
      {
        roi_percentage: '23.9',
        roas: '1.24',
        performance_tier: 'Standard',
        total_retailers: 3,
        open_rate: 60,
      },
    ]);
  });

  it('has rates of people, and those of machines beside them', async () => {
    const names =
      'sent delivered opened clicked machine_opened delivery_rate open_rate click_rate click_to_open_rate machine_open_rate bounce_rate';
    const { rows } = await ask(`/reports/email/summary?${of}`, names);
    expect(rows).toEqual(['6 5 3 2 1 83.33 60 40 66.67 20 16.67']);
  });

  it('leads down a funnel from sends to sales', async () => {
    const { rows } = await ask(`/reports/email/funnel?${of}`, 'step count of_previous of_first machines');
    expect(rows).toEqual([
      'sent 6 – 100 –',
      'delivered 5 83.33 83.33 –',
      'opened 3 60 50 1',
      'clicked 2 66.67 33.33 0',
      'converted 3 150 50 –',
    ]);
  });

  it('ranks its retailers by any figure, those that nobody entered among them', async () => {
    const by = async (sort: string) =>
      (await ask(`/reports/email/retailers?${of}&sort=${sort}`, 'rank name sent click_rate revenue')).rows;
    expect(await by('revenue')).toEqual([
      '1 Betteridge 2 50 30000',
      '2 Westime 2 0 8500',
      '3 Somebody Else 0 – 3000',
      '4 Cartier 2 50 0',
    ]);
    expect((await by('click_rate')).map((row) => row.split(' ')[1])).toEqual([
      'Betteridge',
      'Cartier',
      'Westime',
      'Somebody',
    ]);
    const { data, meta } = must(await api.get(`/reports/email/retailers?${of}&region=West&sort=name`), 200);
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['Cartier', 'Westime']);
    expect(meta.without_retailer).toMatchObject({ sent: 0, sales: 0 });
  });

  it('compares regions, with what is of none', async () => {
    const { rows } = await ask(
      `/reports/email/regions?${of}`,
      'name retailers sent delivered open_rate revenue',
    );
    expect(rows).toEqual(['East 1 2 2 100 30000', 'West 2 4 3 33.33 8500', '– 0 0 0 – 3000']);
  });

  it('shows each thing when it happened', async () => {
    const { rows } = await ask(
      `/reports/email/timeline?${of}&from=2026-03-02&to=2026-03-06&tz=UTC`,
      'start sent delivered opened clicked sales revenue',
    );
    expect(rows.map((row) => row.replace('T00:00:00+00:00', ''))).toEqual([
      '2026-03-02 6 5 3 2 0 0',
      '2026-03-03 0 0 0 0 0 0',
      '2026-03-04 0 0 0 0 0 0',
      '2026-03-05 0 0 0 0 2 38500',
      '2026-03-06 0 0 0 0 1 3000',
    ]);
  });

  it('sells by category, with leads beside', async () => {
    const { rows } = await ask(`/reports/email/categories?${of}`, 'name sales revenue leads lead_value');
    expect(rows).toEqual(['Rings 1 30000 1 900', 'Earrings 1 8500 0 0', '– 1 3000 0 0']);
  });

  it('reports the same in a range that cuts a quarter hour, and nothing outside of its range', async () => {
    const line = async (range: string) =>
      (await ask(`/reports/email/summary?${of}&${range}`, 'sent opened revenue spend')).rows;
    expect(await line('from=2026-03-01T00:00:01Z&to=2026-03-31')).toEqual(['6 3 41500 0']);
    expect(await line('from=2026-03-01&to=2026-03-31')).toEqual(['6 3 41500 33500']);
    expect(await line('from=2026-03-02T09:00:01Z')).toEqual(['0 0 41500 0']);
    expect(await line('currency=USD')).toEqual(['6 3 0 0']);
  });

  it('comes as CSV, money with its cents', async () => {
    const { text } = await api.get(`/reports/email/retailers?${of}&limit=1`, { accept: 'text/csv' });
    const [header, row] = text.split('\n');
    expect(header).toMatch(/^"?rank"?,"?partner_id"?,"?name"?,"?region"?,"?sent/);
    expect(row).toContain('30000.00');
  });

  it('answers under a model too, and refuses one whose credit does not add up', async () => {
    const credited = must(await api.get(`/reports/email/summary?${of}&model=last_touch`), 200);
    expect(credited.data[0]).toMatchObject({ sent: 6, revenue: 0, sales: 0 });
    expect(credited.meta).toMatchObject({ model: 'last_touch', model_version: 1 });
    expect((await api.get(`/reports/email/summary?${of}`)).body.meta).toMatchObject({ model: 'claims' });
    expect((await api.get('/reports/email/summary?model=product_full')).status).toBe(422);
  });
});

describe('an order that claims a campaign', () => {
  it('is worth its lines after discounts, with shipping and tax, less what was given back, by category to the cent', async () => {
    const id = await campaign('Lines');
    for (const [external_id, category] of [
      ['ring', 'Rings'],
      ['chain', 'Chains'],
      ['box', null],
    ]) {
      must(await api.post('/products', { source: 'shop', external_id, name: external_id, category }), 201);
    }
    const line = (external_id: string, unit_price: number) => ({
      product: { external_id },
      quantity: 1,
      unit_price,
    });
    const made = await order('with-lines', {
      reported_campaign: 'Lines',
      lines: [line('ring', 33.33), line('chain', 33.33), line('box', 33.34)],
      discount: 10,
      shipping: 5,
      tax: 2,
    });
    const revenue = async () => (await ask(`/reports/email/summary?campaign_id=${id}`, 'sales revenue')).rows;
    expect(await revenue()).toEqual(['1 97']);
    must(await api.post(`/orders/${made.id}/refunds`, { external_id: 'r', amount: 20 }), 201);
    expect(await revenue()).toEqual(['1 77']);
    const { rows } = await ask(`/reports/email/categories?campaign_id=${id}&sort=name`, 'name revenue');
    expect(rows).toEqual(['Chains 25.67', 'Rings 25.66', '– 25.67']);
    must(await api.patch(`/orders/${made.id}/status`, { status: 'cancelled' }), 200);
    expect(await revenue()).toEqual(['0 0']);
  });
});

describe('campaigns that mailed', () => {
  it('can be asked for alone, so that what others sold does not stand in their totals', async () => {
    const id = await campaign('Mailing', { owner: 'Mailer' });
    await mailing(id, 'Hello', [{ recipient_email: 'a@mailing.example', sent_at: at(0) }]);
    await sale('mailing', { value: 5, campaign: 'Mailing' });
    await campaign('Silent', { owner: 'Mailer' });
    await sale('silent', { value: 7, campaign: 'Silent' });
    const made = await api.post('/api-keys', { name: 'm', role: 'advertiser', owner_scope: ['Mailer'] });
    const headers = { authorization: `Bearer ${must(made, 201).data.key}` };
    const summary = async (query: string) =>
      must(await api.get(`/reports/email/summary${query}`, headers), 200);
    expect((await summary('')).meta.totals).toMatchObject({ sent: 1, sales: 2, revenue: 12 });
    const { data, meta } = await summary('?mailed=true');
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['Mailing']);
    expect(meta.totals).toMatchObject({ sent: 1, sales: 1, revenue: 5 });
    const funnel = must(await api.get('/reports/email/funnel?mailed=true', headers), 200).data;
    expect(funnel.at(-1)).toMatchObject({ step: 'converted', count: 1 });
  });
});

describe('an order that a click in a mail holds credit of', () => {
  it('is told apart from all others', async () => {
    const id = await campaign('Clicked');
    await partner('Clicker', null);
    await mailing(id, 'Click', [
      {
        recipient_email: 'clicker@example.com',
        retailer: 'Clicker',
        sent_at: at(0),
        delivered_at: at(1),
        clicked_at: at(60),
      },
    ]);
    const day = { ordered_at: '2026-03-10T12:00:00Z' };
    await order('by-mail', { total: 90, retailer: 'Clicker', ...day });
    await order('by-itself', { total: 10, ...day });
    await api.settle();
    const range = 'from=2026-03-10&to=2026-03-10&model=last_touch';
    const { rows } = await ask(
      `/reports/email/orders?${range}`,
      'group orders order_share revenue revenue_share average_order_value',
    );
    expect(rows).toEqual(['email 1 50 90 90 90', 'other_campaigns 0 0 0 0 –', 'no_campaign 1 50 10 10 10']);
    expect((await ask(`/reports/email/summary?${range}&campaign_id=${id}`, 'sales revenue')).rows).toEqual([
      '1 90',
    ]);
    // What a CRM says an order is worth is a claim, and no model's business.
    const order_of_it = { source: 'shop', external_id: 'by-mail' };
    await sale('worth more', {
      value: 120,
      converted_at: day.ordered_at,
      campaign: 'Clicked',
      order: order_of_it,
    });
    await api.settle();
    const counted = async (query: string) =>
      (await ask(`/reports/email/orders?${query}`, 'group orders revenue')).rows;
    expect(await counted(range)).toEqual(['email 1 90', 'other_campaigns 0 0', 'no_campaign 1 10']);
    expect(await counted('from=2026-03-10&to=2026-03-10')).toEqual([
      'email 1 120',
      'other_campaigns 0 0',
      'no_campaign 1 10',
    ]);
  });
});

describe('a range that is cut anywhere', async () => {
  const id = await campaign('Spread');
  const start = Date.parse('2026-02-01T20:00:00Z');
  const mailingId = await mailing(
    id,
    'Over four days',
    Array.from({ length: 200 }, (_, n) => {
      const sent = start + n * 1_733_000;
      const at = (seconds: number) => new Date(sent + seconds * 1000).toISOString();
      return {
        recipient_email: `spread${n}@example.com`,
        sent_at: at(0),
        delivered_at: at(60),
        ...(n % 3 === 0 ? { opened_at: at(4_000 * (n % 7)) } : {}),
        ...(n % 8 === 0 ? { bounced_at: at(61) } : {}),
      };
    }),
  );
  const bound = fc.integer({ min: 0, max: 5 * 86_400 }).map((second) => new Date(start + second * 1000));
  const range = fc.tuple(bound, bound).map((bounds) => bounds.toSorted((a, b) => a.getTime() - b.getTime()));
  const quarter = (at: Date) => new Date(Math.floor(at.getTime() / 900_000) * 900_000);
  const within = ([from, to]: Date[], column: string) => sql`
    email_campaign_id = ${mailingId} and ${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`;
  const query = ([from, to]: Date[]) =>
    `campaign_id=${id}&from=${from!.toISOString()}&to=${to!.toISOString()}`;

  it('has the sends that lie in it', async () => {
    await fc.assert(
      fc.asyncProperty(range, fc.boolean(), async (asked, isWhole) => {
        const bounds = isWhole ? asked.map(quarter) : asked;
        const { rows } = await sql<{ line: string }>`
          select concat_ws(' ', count(*), count(opened_at), count(*) filter (where status = 'bounced')) as line
            from email_sends where ${within(bounds, 'sent_at')}`.execute(api.db);
        const summary = await ask(`/reports/email/summary?${query(bounds)}`, 'sent opened bounced');
        expect(summary.rows).toEqual([rows[0]!.line]);
      }),
      { numRuns: 12 },
    );
  });

  it('has over time what happened in it', async () => {
    await fc.assert(
      fc.asyncProperty(range, fc.boolean(), async (asked, isWhole) => {
        const bounds = isWhole ? asked.map(quarter) : asked;
        if (bounds[0]!.getTime() === bounds[1]!.getTime()) return;
        const { rows } = await sql<{ line: string }>`
          select concat_ws(' ', (select count(*) from email_sends where ${within(bounds, 'sent_at')}),
            (select count(*) from email_sends where ${within(bounds, 'opened_at')}),
            (select count(*) from email_sends where ${within(bounds, 'bounced_at')} and status = 'bounced')) as line`.execute(
          api.db,
        );
        const { data } = must(
          await api.get(`/reports/email/timeline?interval=hour&tz=Asia/Kolkata&${query(bounds)}`),
          200,
        );
        const sum = (name: string) =>
          data.reduce((total: number, row: Record<string, number>) => total + row[name]!, 0);
        expect([sum('sent'), sum('opened'), sum('bounced')].join(' ')).toBe(rows[0]!.line);
      }),
      { numRuns: 12 },
    );
  });
});

describe('subject lines', () => {
  it('are compared by what was opened or clicked, with the chance that it is chance', async () => {
    const id = await campaign('Subjects');
    const group = (name: string, size: number, opened: number, clicked: number) =>
      Array.from({ length: size }, (_, n) => ({
        recipient_email: `${name}${n}@subjects.example`,
        sent_at: at(0),
        delivered_at: at(1),
        ...(n < opened ? { opened_at: at(60) } : {}),
        ...(n < clicked ? { clicked_at: at(61) } : {}),
      }));
    await mailing(id, 'Loud', group('l', 200, 80, 6));
    await mailing(id, 'Quiet', group('q', 200, 50, 8));
    await mailing(id, 'Alike', group('a', 200, 76, 7));
    const path = `/reports/email/subjects?campaign_id=${id}`;
    const { rows } = await ask(path, 'rank subject open_rate difference p_value is_significant');
    expect(rows).toEqual(['1 Loud 40 – – –', '2 Alike 38 -2 0.6818 false', '3 Quiet 25 -15 0.0014 true']);
    const byClicks = await ask(`${path}&by=click_rate`, 'subject click_rate is_significant');
    expect(byClicks.rows).toEqual(['Quiet 4 –', 'Alike 3.5 false', 'Loud 3 false']);
  });
});

describe('a retailer', () => {
  it('sees its own numbers, and neither spend nor anybody else', async () => {
    const made = await api.post('/api-keys', { name: 'w', role: 'retailer', owner_scope: ['WESTIME'] });
    const headers = { authorization: `Bearer ${must(made, 201).data.key}` };
    const get = async (path: string) => must(await api.get(path, headers), 200);
    const summary = await get('/reports/email/summary');
    expect(summary.data).toMatchObject([
      { name: 'Marco', sent: 2, revenue: 8_500, spend: null, roi: null, tier: null },
    ]);
    expect(summary.meta.totals).toMatchObject({ sent: 2, revenue: 8_500 });
    expect((await get('/reports/email/retailers')).data).toMatchObject([{ name: 'Westime', sent: 2 }]);
    expect((await get('/reports/email/funnel')).data[0]).toMatchObject({ count: 2 });
    expect((await get('/reports/email/regions')).data).toMatchObject([{ name: 'West', sent: 2 }]);
    expect((await get('/reports/email/categories')).data).toMatchObject([{ name: 'Earrings', leads: 0 }]);
    const orders = (await get('/reports/email/orders')).data;
    expect(orders.map(({ orders: n }: { orders: number }) => n)).toEqual([0, 1, 0]);
    const days = (await get('/reports/email/timeline?from=2026-03-02&to=2026-03-02')).data;
    expect(days).toMatchObject([{ sent: 2, delivered: 1 }]);
  });
});

describe('an owner of campaigns', () => {
  it('sees those, with spend, and no other', async () => {
    const id = await campaign('Owned', { owner: 'Acme' });
    await sale('owned', { value: 10, campaign: 'Owned' });
    const made = await api.post('/api-keys', { name: 'a', role: 'advertiser', owner_scope: ['Acme'] });
    const headers = { authorization: `Bearer ${must(made, 201).data.key}` };
    const { data, meta } = must(await api.get('/reports/email/summary', headers), 200);
    expect(data).toMatchObject([{ campaign_id: id, revenue: 10, spend: 0, roi: null }]);
    expect(meta.totals).toMatchObject({ revenue: 10, sales: 1 });
    const orders = must(await api.get('/reports/email/orders', headers), 200).data;
    expect(orders.map(({ group }: { group: string }) => group)).toEqual(['email', 'other_campaigns']);
  });
});

describe('an order of free lines', () => {
  it('is of the category of the first of them, with what its shipping brought', async () => {
    const id = await campaign('Given away');
    must(
      await api.post('/products', { source: 'shop', external_id: 'gift', name: 'Gift', category: 'Gifts' }),
      201,
    );
    const lines = [{ product: { external_id: 'gift' }, quantity: 2, unit_price: 0 }];
    await order('free', { lines, shipping: 9.96, reported_campaign: 'Given away' });
    const { rows } = await ask(`/reports/email/categories?campaign_id=${id}`, 'name sales revenue');
    expect(rows).toEqual(['Gifts 1 9.96']);
  });
});
