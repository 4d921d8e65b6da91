import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { freshDatabase } from '../../../test/fresh-database.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { exportKinds } from '../../reports/index.ts';
import { runCli } from '../run-cli.ts';

const api = await startApi();
const file = await temporaryFiles();

const run = (...words: string[]) => runIn(api.url, words);

async function runIn(url: string, words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await runCli(words, {
    environment: { DATABASE_URL: url },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    untilStopped: () => new Promise(() => {}),
  });
  const lines = out.length === 0 ? [] : out.join('\n').split('\n');
  return {
    exitCode,
    out: out.join('\n'),
    err: err.join('\n'),
    rows: () => lines.map((line) => JSON.parse(line)),
  };
}

const csvRows = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

beforeAll(async () => {
  for (const product of [
    { external_id: 'shoe', name: '=Shoe', cost: 4 },
    { source: 'shop', external_id: 'hat', batches: [{ batch: 'B1', unit_cost: 1.5 }] },
    { external_id: 'hat' },
    { source: 'shop', external_id: 'hat', cost: 2 },
    { source: 'shop', external_id: 'hat', cost: 2.5, cost_from: '2026-02-20T00:00:00Z', reason: 'dearer' },
  ]) {
    await api.post('/products', product);
  }
  const defaultHat = (await api.get('/products?source=default&search=hat')).body.data[0].id;
  const { body } = await api.post('/campaigns', {
    name: 'Spring',
    platform: 'instagram',
    campaign_type: 'post',
    tracking_code: 'SPRING',
    starts_at: '2026-01-01T00:00:00Z',
    budget_type: 'lifetime',
    budget_amount: 1000,
  });
  const campaign = body.data.id;
  // While it is a draft, what it targets counts from its start.
  await api.post(`/campaigns/${campaign}/products`, { external_ids: ['shoe'] });
  await api.put(`/campaigns/${campaign}/activate`);
  await api.post(`/campaigns/${campaign}/spend`, { day: '2026-02-02', amount: 12.5 });
  const line = { product: { external_id: 'shoe' }, quantity: 1.5, unit_price: 10 };
  const order = { source: 'shop', currency: 'EUR', status: 'confirmed' };
  for (const sent of [
    {
      external_id: 'one',
      ordered_at: '2026-02-01T23:30:00+01:00',
      updated_at: '2026-02-02T00:00:00Z',
      order_number: '#1',
      customer: { external_id: 'anna', email: 'Anna@Example.com', name: 'Anna' },
      utm: { source: 'insta' },
      coupon: 'SAVE',
      lines: [
        { ...line, external_id: 'l1', discount: 0.5, unit_cost: 3 },
        { ...line, external_id: 'l2', product: { external_id: 'hat' }, batch: 'B1' },
        { ...line, external_id: 'l3', product: undefined, product_id: defaultHat },
      ],
      shipping: 4.9,
      tax: 1.23,
      discount: 2,
    },
    {
      external_id: 'two',
      ordered_at: '2026-02-01T22:59:59Z',
      total: 99.9,
      product_count: 3,
      reported_campaign: 'X',
    },
    {
      external_id: 'yen',
      ordered_at: '2026-02-03T10:00:00Z',
      currency: 'JPY',
      lines: [{ ...line, unit_price: 1200, quantity: 1 }],
    },
  ]) {
    await api.post('/orders', { ...order, ...sent });
  }
  const orders = (await api.get('/orders')).body.data;
  const one = orders.find((each: { external_id: string }) => each.external_id === 'one');
  await api.post(`/orders/${one.id}/refunds`, {
    external_id: 'r1',
    lines: [{ line_external_id: 'l1', quantity: 0.5, amount: 3.33 }],
    reason: 'torn',
  });
  // A line taken out and another added: the numbers of those that stay have gaps now.
  await api.post('/orders', {
    ...order,
    external_id: 'gap',
    ordered_at: '2026-02-04T10:00:00Z',
    lines: [
      { ...line, external_id: 'a' },
      { ...line, external_id: 'b' },
      { ...line, external_id: 'c' },
    ],
  });
  await api.post('/orders', {
    ...order,
    external_id: 'gap',
    ordered_at: '2026-02-04T10:00:00Z',
    lines: [
      { ...line, external_id: 'a' },
      { ...line, external_id: 'c' },
      { ...line, external_id: 'd' },
    ],
  });
  await api.settle();
});

describe('touchstone export', () => {
  it('writes orders as the API takes them, so that importing them again changes nothing', async () => {
    const { rows, out } = await run('export', 'orders');
    expect(rows()).toHaveLength(4);
    expect(rows()[0]).toEqual({
      source: 'shop',
      external_id: 'one',
      order_number: '#1',
      currency: 'EUR',
      ordered_at: '2026-02-01T22:30:00.000Z',
      updated_at: '2026-02-02T00:00:00.000Z',
      status: 'confirmed',
      customer: { external_id: 'anna', email: 'Anna@Example.com', name: 'Anna' },
      coupon: 'SAVE',
      utm: { source: 'insta' },
      prices_include_tax: false,
      lines: [
        {
          external_id: 'l1',
          product: { external_id: 'shoe' },
          quantity: 1.5,
          unit_price: 10,
          discount: 0.5,
          unit_cost: 3,
        },
        {
          external_id: 'l2',
          product: { external_id: 'hat' },
          batch: 'B1',
          quantity: 1.5,
          unit_price: 10,
          discount: 0,
        },
        // The shop has a hat of its own, so this one goes by our id.
        { external_id: 'l3', product_id: expect.any(String), quantity: 1.5, unit_price: 10, discount: 0 },
      ],
      shipping: 4.9,
      tax: 1.23,
      discount: 2,
    });
    const again = await run('import', 'orders', await file('orders.ndjson', out), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ records: 4, unchanged: 4 });
    const customers = await run('export', 'customers');
    const known = await run('import', 'customers', await file('customers.ndjson', customers.out), '--json');
    expect(JSON.parse(known.out)).toMatchObject({ records: 1, unchanged: 1 });
  });

  it('writes products as the API takes them: here they change nothing, elsewhere they have the same costs', async () => {
    const { out } = await run('export', 'products');
    const again = await run('import', 'products', await file('products.ndjson', out), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ records: 3, unchanged: 3 });
    const elsewhere = await freshDatabase();
    const there = (...words: string[]) => runIn(elsewhere.url, words);
    const moved = await there('import', 'products', await file('moved.ndjson', out), '--json');
    expect(JSON.parse(moved.out)).toMatchObject({ records: 3, created: 3 });
    const exported = await there('export', 'products');
    expect(exported.out).toBe(out);
  });

  it('writes every kind as CSV with its header, and to a file that is there when it is complete', async () => {
    for (const kind of exportKinds) {
      const path = await file(`${kind}.csv`, 'of before');
      const { out, exitCode } = await run('export', kind, '--format', 'csv', '--output', path, '--json');
      expect(exitCode).toBe(0);
      const rows = csvRows(await readFile(path, 'utf8'));
      expect(JSON.parse(out)).toEqual({ kind, format: 'csv', rows: rows.length, output: path });
      expect(rows.length).toBeGreaterThan(0);
    }
    expect((await run('export', 'orders', '--output', '/nowhere/x.csv')).err).toMatch(
      /cannot be written \(ENOENT\); check the path and who may write there\.$/,
    );
    expect((await run('export', 'orders', '--json')).exitCode).toBe(2);
  });

  it('writes money with all decimals of its currency, and text that is no formula', async () => {
    const orders = csvRows((await run('export', 'orders', '--format', 'csv')).out);
    expect(orders.find(({ external_id }) => external_id === 'one')).toMatchObject({
      shipping: '4.90',
      'customer.email': 'Anna@Example.com',
      utm: '{"source":"insta"}',
      prices_include_tax: 'false',
      total: '',
    });
    const lines = csvRows((await run('export', 'order_lines', '--format', 'csv')).out);
    expect(lines.find(({ currency }) => currency === 'JPY')).toMatchObject({
      unit_price: '1200',
      quantity: '1',
    });
    const products = csvRows((await run('export', 'products', '--format', 'csv')).out);
    expect(products.find(({ external_id }) => external_id === 'shoe')).toMatchObject({
      name: "'=Shoe",
      costs: '[{"unit_cost":4,"currency":"EUR","from":null,"to":null}]',
    });
  });

  it('takes a range: days of the installation, the last one whole', async () => {
    const ids = async (kind: string, from: string, to: string, column = 'external_id') =>
      (await run('export', kind, '--from', from, '--to', to)).rows().map((row) => row[column]);
    // UTC by default: both of the first two were sold on 1 February there.
    expect(await ids('orders', '2026-02-01', '2026-02-01')).toEqual(['one', 'two']);
    expect(await ids('orders', '2026-02-01T22:59:59Z', '2026-02-03T10:00:00Z')).toEqual(['two']);
    expect(await ids('spend', '2026-02-02', '2026-02-02', 'day')).toEqual(['2026-02-02']);
    expect(await ids('spend', '2026-02-03', '2026-02-05')).toEqual([]);
    expect(await ids('targets', '2025-01-01', '2025-12-31')).toEqual([]);
    expect(await ids('targets', '2026-06-01', '2026-06-30', 'campaign_name')).toEqual(['Spring']);
    expect((await run('export', 'orders', '--from', 'May')).err).toContain('from: must be a calendar day');
  });

  it('writes refunds, campaigns and the ledger as they are', async () => {
    expect((await run('export', 'refunds')).rows()).toMatchObject([
      {
        order_external_id: 'one',
        external_id: 'r1',
        currency: 'EUR',
        reason: 'torn',
        lines: [{ line_external_id: 'l1', quantity: 0.5, amount: 3.33 }],
      },
    ]);
    expect((await run('export', 'campaigns')).rows()).toMatchObject([
      {
        tracking_code: 'SPRING',
        status: 'running',
        budget_amount: 1000,
        running_periods: [{ from: '2026-01-01T00:00:00.000Z', to: null }],
      },
    ]);
    const credits = (await run('export', 'credits')).rows();
    const asked = await api.get('/credits?limit=500');
    expect(credits).toEqual(asked.body.data);
    expect(credits.length).toBeGreaterThan(3);
  });
});

describe('GET /credits', () => {
  it('pages through the ledger, by model, campaign and time, also as CSV', async () => {
    const all = (await api.get('/credits')).body.data;
    const paged: unknown[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await api.get(`/credits?limit=2${cursor}`);
      paged.push(...body.data);
      if (body.meta.next_cursor === null) break;
      cursor = `&cursor=${body.meta.next_cursor}`;
    }
    expect(paged).toEqual(all);

    const split = (await api.get('/credits?model=product_split')).body.data;
    expect(split).toEqual(all.filter(({ model }: { model: string }) => model === 'product_split'));
    expect((await api.get('/credits?campaign_id=018f0000-0000-7000-8000-000000000000')).body.data).toEqual(
      [],
    );
    const later = (await api.get('/credits?from=2026-02-03&to=2026-02-03&model=product_full')).body.data;
    expect(later).toMatchObject([{ currency: 'JPY', revenue: 1200, kind: 'credit' }]);
    const csv = await api.get('/credits?limit=1', { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[0]).toMatch(/^id,order_id,line_no,campaign_id,campaign_name,model,/);
    expect((await api.get('/credits?cursor=x')).status).toBe(400);
  });
});
