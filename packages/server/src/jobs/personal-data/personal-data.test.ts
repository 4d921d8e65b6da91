import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must } from '../../../test/shop.ts';
import { addressPattern } from '../../vocabulary/address-pattern.ts';

const now = '2026-03-10T12:00:00Z';
const api = await startApi({
  now,
  settings: {
    models: ['product_split', 'last_touch'],
    postmarkLogin: 'postmark:a-long-password',
    keepAddresses: true,
  },
});
const at = (minute: number) => new Date(Date.parse('2026-03-01T09:00:00Z') + minute * 60_000).toISOString();

/** Every column of every table that holds text in any form, with how many rows name the word in any case. */
async function placesOf(word: string): Promise<string[]> {
  const { rows } = await sql<{ table_name: string; column_name: string; data_type: string }>`
    select c.table_schema || '.' || c.table_name as table_name, c.column_name, c.data_type
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and t.table_schema not in ('pg_catalog', 'information_schema')
       and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')`.execute(api.db);
  const places: string[] = [];
  for (const { table_name, column_name, data_type } of rows) {
    const column = sql.ref(column_name);
    const text = data_type === 'bytea' ? sql`encode(${column}, 'escape')` : sql`${column}::text`;
    const found = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table_name)} where ${text} ilike ${`%${word.replaceAll('%', String.raw`\%`)}%`}`.execute(
      api.db,
    );
    if (found.rows[0]!.n > 0) places.push(`${table_name}.${column_name}`);
  }
  return places;
}

async function postmark(event: Record<string, unknown>) {
  const authorization = `Basic ${Buffer.from('postmark:a-long-password').toString('base64')}`;
  const body = JSON.stringify(event);
  return must(
    await api.ask('POST', '/webhooks/postmark', body, { authorization, 'content-type': 'text/plain' }),
    200,
  ).data;
}

const campaign = must(await api.post('/campaigns', { name: 'Letters', platform: 'email' }), 201).data;
must(await api.put(`/campaigns/${campaign.id}/activate`), 200);
const mailing = must(
  await api.post(`/campaigns/${campaign.id}/email-campaigns`, {
    subject: 'News',
    sender_email: 'brand@example.com',
    external_id: 'letters',
  }),
  201,
).data.id;

/** All that a person called `who` can leave here. */
async function leave(who: string) {
  const email = `${who}.smith@private.example`;
  const named = { recipient_email: email, recipient_name: `${who} Smith` };
  const items = [{ ...named, sent_at: at(0), delivered_at: at(1), opened_at: at(30), clicked_at: at(31) }];
  must(await api.post(`/email-campaigns/${mailing}/sends/batch`, { items }), 200);
  const event = {
    recipient_email: email,
    email_campaign: 'letters',
    user_agent: `Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 Build-${who}`,
  };
  must(
    await api.post('/email-events/batch', {
      items: [
        {
          ...event,
          kind: 'clicked',
          occurred_at: at(45),
          url: `https://shop.example/?email=${encodeURIComponent(email)}`,
        },
        { ...event, kind: 'bounced', occurred_at: at(2), reason: `550 ${email.toUpperCase()} over quota` },
      ],
    }),
    200,
  );
  await postmark({
    RecordType: 'Delivery',
    MessageID: `m-${who}`,
    Recipient: email,
    DeliveredAt: at(2),
    Metadata: { email_campaign: 'letters' },
  });
  must(
    await api.post('/visits/batch', {
      visits: [
        {
          session_id: `session-of-${who}`,
          visited_at: at(60),
          tracking_code: campaign.tracking_code,
          landing_page: `https://shop.example/welcome?email=${email}`,
          user_agent: `Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 Build-${who}`,
        },
      ],
    }),
    200,
  );
  const order = {
    source: 'shop',
    external_id: `order-of-${who}`,
    currency: 'EUR',
    status: 'confirmed',
    ordered_at: at(90),
    session_id: `session-of-${who}`,
    total: 100,
    reported_campaign: campaign.id,
    customer: { external_id: email, email, name: `${who} Smith` },
  };
  const { customer } = must(
    await api.ask('POST', '/orders', order, { 'idempotency-key': `key-of-${who}` }),
    201,
  ).data;
  must(await api.post('/customers', { source: 'shop', external_id: email, name: `${who} A. Smith` }), 200);
  must(await api.post('/partners', { kind: 'retailer', name: `Shop of ${who}`, email }), 201);
  await api.settle();
  return { email, items, order, customer_id: customer.id };
}

/** What reports say, to be the same before and after. */
async function figures() {
  const asked = [
    '/reports/email/summary',
    '/reports/email/funnel',
    '/reports/email/timeline?from=2026-03-01&to=2026-03-09',
    '/reports/email/orders',
    '/reports/leaderboard?model=last_touch',
    `/campaigns/${campaign.id}/analytics?model=last_touch`,
  ];
  const answers = await Promise.all(asked.map(async (path) => must(await api.get(path), 200).data));
  return JSON.stringify(answers);
}

async function verified() {
  const { data } = must(await api.post('/admin/verify'), 200);
  return data.differences;
}

describe('a customer', async () => {
  const ann = await leave('ann');
  const bob = await leave('bob');

  it('is exported with all that is held of them, and the asking is remembered', async () => {
    const { data } = must(await api.post('/personal-data/export', { customer_id: ann.customer_id }), 200);
    expect(
      Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, (rows as []).length])),
    ).toEqual({
      customers: 1,
      orders: 1,
      conversions: 0,
      email_sends: 1,
      email_events: 6,
      visits: 1,
      sessions: 1,
      partners: 1,
      webhook_deliveries: 1,
      rejected_rows: 0,
      audit: 2,
    });
    expect(data.visits[0]).toMatchObject({ session_id: 'session-of-ann', campaign_id: campaign.id });
    const { data: byAddress } = must(
      await api.post('/personal-data/export', { email: ann.email.toUpperCase() }),
      200,
    );
    expect(byAddress.orders).toEqual(data.orders);
    const { data: audit } = must(await api.get(`/audit?subject_id=${ann.customer_id}`), 200);
    expect(audit[0]).toMatchObject({ action: 'personal_data.export', before: null, after: null });
  });

  it('is erased from every column of every table, and every figure stays', async () => {
    const before = await figures();
    const others = await placesOf(bob.email);
    expect(others.length).toBeGreaterThan(8);
    const body = { customer_id: ann.customer_id, reason: `Asked by ${ann.email}` };
    const { data } = must(await api.post('/personal-data/erase', body), 200);
    expect(data).toMatchObject({
      customers: 1,
      orders: 1,
      email_sends: 1,
      visits: 1,
      partners: 1,
      webhook_deliveries: 1,
    });
    for (const word of [ann.email, encodeURIComponent(ann.email), 'ann Smith', 'ann A. Smith', 'Build-ann']) {
      expect(await placesOf(word), word).toEqual([]);
    }
    expect(await placesOf(bob.email)).toEqual(others);
    await api.settle();
    expect(await figures()).toBe(before);
    expect(await verified()).toEqual([]);
    const { data: audit } = must(await api.get(`/audit?subject_id=${ann.customer_id}&limit=1`), 200);
    expect(audit).toMatchObject([{ action: 'personal_data.erase', reason: 'Asked by erased' }]);
  });

  it('stays so, whatever comes about them later', async () => {
    const { email, items, order } = ann;
    must(await api.post(`/email-campaigns/${mailing}/sends/batch`, { items }), 200);
    must(await api.post('/orders', { ...order, updated_at: at(200), total: 120 }), 200);
    must(
      await api.post('/customers', { source: 'other', external_id: 'c-1', email, name: 'ann Smith' }),
      201,
    );
    await postmark({
      RecordType: 'Open',
      MessageID: 'm-late',
      Recipient: email,
      ReceivedAt: at(50),
      Metadata: { email_campaign: 'letters' },
    });
    await api.settle();
    expect(await placesOf(email)).toEqual([]);
    expect(must(await api.get('/customers?source=other'), 200).data).toMatchObject([
      { email: null, name: null },
    ]);
  });

  it('who is not there cannot be asked for, and one is to be named', async () => {
    const customer_id = '00000000-0000-4000-8000-000000000000';
    expect((await api.post('/personal-data/export', { customer_id })).status).toBe(404);
    expect((await api.post('/personal-data/export', {})).status).toBe(422);
    expect((await api.post('/personal-data/erase', { email: 'a@b.example' })).status).toBe(422);
  });
});

describe('a recipient who is no customer', () => {
  it('is exported and erased by the address', async () => {
    const email = 'only+mail@private.example';
    const items = [{ recipient_email: email, recipient_name: 'Only Mail', sent_at: at(0) }];
    must(await api.post(`/email-campaigns/${mailing}/sends/batch`, { items }), 200);
    const before = await figures();
    const { data } = must(await api.post('/personal-data/export', { email }), 200);
    expect(data.email_sends).toMatchObject([{ recipient_email: email, recipient_name: 'Only Mail' }]);
    must(await api.post('/personal-data/erase', { email, reason: 'Asked' }), 200);
    expect(await placesOf(email)).toEqual([]);
    expect(await placesOf('Only Mail')).toEqual([]);
    expect(await figures()).toBe(before);
    must(await api.post('/personal-data/erase', { email, reason: 'Asked again' }), 200);
  });
});

describe('an address', () => {
  it('is found in whatever it is spelled, and never inside a longer one', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}([.+_-][a-z0-9]{1,6}){0,2}$/);
    const address = fc
      .tuple(part, part)
      .map(([name, host]) => `${name}@${host.replace(/[+_]/g, '-')}.example`);
    fc.assert(
      fc.property(address, (email) => {
        const finds = (text: string) => new RegExp(addressPattern(email), 'i').test(text);
        expect(finds(`<${email.toUpperCase()}>`)).toBe(true);
        expect(finds(`?to=${encodeURIComponent(email)}&x`)).toBe(true);
        expect(finds(`"${email.replace('@', '\\u0040')}"`)).toBe(true);
        expect(finds(`jo${email}`)).toBe(false);
        expect(finds(`${email}.org`)).toBe(false);
        expect(finds(`Write to ${email}.`)).toBe(true);
      }),
    );
  });
});
