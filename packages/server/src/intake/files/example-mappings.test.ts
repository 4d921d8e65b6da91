import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { importFiles } from './import-files.ts';
import type { ImportKind } from './kinds/import-kinds.ts';

const api = await startApi();
const file = await temporaryFiles();

/** Imports files, each the lines of a CSV, by a mapping of `examples/`. */
async function run(kind: ImportKind, example: string, contents: Record<string, string[]>) {
  const files: string[] = [];
  for (const [name, lines] of Object.entries(contents)) files.push(await file(name, lines.join('\n')));
  const mapping = fileURLToPath(new URL(`../../../../../examples/${example}`, import.meta.url));
  const request = { kind, files, mapping, dryRun: false, rejectsFile: undefined };
  return importFiles(api.db, request, {
    clock: api.clock,
    actor: 'cli',
    currency: 'EUR',
    visitWindowDays: 30,
  });
}

describe('the mappings of ad exports', () => {
  const ids: string[] = [];

  beforeAll(async () => {
    for (const external_id of ['601', '602']) {
      const { body } = await api.post('/campaigns', {
        name: `Ad ${external_id}`,
        platform: 'facebook',
        campaign_type: 'ad',
        tracking_code: `AD_${external_id}`,
        metadata: { external_id },
      });
      ids.push(body.data.id);
    }
  });

  it.each([
    {
      example: 'ad-exports/facebook-ads.yaml',
      csv: [
        'ad_id,date,account_id,impressions,inline_link_clicks,spend',
        '601,2026-03-04,17,2575,10,55.26',
        '601,2026-03-05,17,9,1,144.',
      ],
      spend: ['2026-03-04 55.26 USD facebook_ads', '2026-03-05 144 USD facebook_ads'],
    },
    {
      example: 'ad-exports/google-ads.yaml',
      csv: [
        '_fivetran_id,customer_id,date,clicks,cost_micros,device,id',
        'H6=,21,2026-03-04,49,36150000,MOBILE,601',
        'H7=,21,2026-03-04,3,1004999,DESKTOP,601',
      ],
      spend: ['2026-03-04 37.15 EUR google_ads'],
    },
    {
      example: 'ad-exports/tiktok-ads-by-country.yaml',
      csv: [
        '_fivetran_synced,campaign_id,clicks,country_code,spend,stat_time_day',
        ',601,220,US,154.60,2026-03-04 00:00:00',
        ',601,3,CA,0.40,2026-03-04 00:00:00',
      ],
      spend: ['2026-03-04 155 USD tiktok_ads'],
    },
    {
      example: 'ad-exports/tiktok-ads-by-hour.yaml',
      csv: [
        'CAMPAIGN_ID,STAT_TIME_HOUR,CPC,SPEND',
        '602,2026-03-04 5:00:00,1.88,222.12',
        '602,2026-03-04 14:00:00,0,0.232',
      ],
      spend: ['2026-03-04 222.35 USD tiktok_ads'],
    },
    {
      example: 'ad-exports/ga4-cost.yaml',
      csv: [
        'utm_id,utm_source,utm_medium,utm_campaign,date,impressions,clicks,cost',
        ',meta,cpc,ad_601,2026-03-04,10,1,1.5',
        ',meta,display,ad_601,2026-03-04,10,1,0.25',
      ],
      spend: ['2026-03-04 1.75 EUR ga4'],
    },
  ])('$example records what each day cost', async ({ example, csv, spend }) => {
    expect(await run('spend', example, { 'export.csv': csv })).toMatchObject({
      created: spend.length,
      rejected: 0,
    });
    const source = spend[0]!.split(' ').at(-1);
    const lists = await Promise.all(ids.map((id) => api.get(`/campaigns/${id}/spend?source=${source}`)));
    const held = lists.flatMap(({ body }) => body.data as Record<string, unknown>[]);
    const said = held.map((each) => `${each.day} ${each.amount} ${each.currency} ${each.source}`).sort();
    expect(said).toEqual(expect.arrayContaining(spend));
  });
});

describe('the mapping of Olist', () => {
  const contents = {
    'olist_orders_dataset.csv': [
      'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at',
      'o1,c1,delivered,2018-06-12 20:07:44,2018-06-12 20:44:26',
      'o2,c2,unavailable,2018-01-20 12:15:57,',
      'o3,c3,shipped,2017-11-24 23:59:59,',
    ],
    'olist_order_items_dataset.csv': [
      'order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value',
      'o3,1,p1,s,2018-05-22 10:59:50,35.9,15.2',
      'o1,1,p1,s,2018-05-22 10:59:50,35.9,15.2',
      'o1,2,lost,s,2018-05-22 10:59:50,10,0.1',
    ],
    'olist_products_dataset.csv': [
      'product_id,product_category_name,product_name_lenght',
      'p1,beleza_saude,40',
      'p2,pc_gamer,',
      'p3,,',
    ],
    'olist_customers_dataset.csv': [
      'customer_id,customer_unique_id,customer_city',
      'c1,u1,rio',
      'c2,u2,rio',
      'c3,u1,rio',
    ],
    'product_category_name_translation.csv': [
      'product_category_name,product_category_name_english',
      'beleza_saude,health_beauty',
    ],
    'olist_order_payments_dataset.csv': ['order_id,payment_value', 'o1,61.2'],
  };

  it('takes products with their translated categories, people and orders', async () => {
    const mapping = 'olist/mapping.yaml';
    expect(await run('products', mapping, contents)).toMatchObject({ created: 3, rejected: 0 });
    expect(await run('customers', mapping, contents)).toMatchObject({ created: 2, unchanged: 1 });
    expect(await run('orders', mapping, contents)).toMatchObject({ created: 3, rejected: 0 });

    const products = (await api.get('/products?source=olist')).body.data;
    const categories = products.map(
      ({ external_id, category }: Record<string, string>) => `${external_id} ${category}`,
    );
    expect(categories.sort()).toEqual(['lost null', 'p1 health_beauty', 'p2 pc_gamer', 'p3 null']);
    const orders = (await api.get('/orders?source=olist')).body.data;
    const rows = orders.map(
      (each: Record<string, unknown>) =>
        `${each.external_id} ${each.ordered_at} ${each.status} ${each.total}`,
    );
    expect(rows.sort()).toEqual([
      'o1 2018-06-12T23:07:44.000Z delivered 61.2',
      'o2 2018-01-20T14:15:57.000Z cancelled 0',
      'o3 2017-11-25T01:59:59.000Z processing 51.1',
    ]);
  });
});
