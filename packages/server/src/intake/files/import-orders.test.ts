import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { type ImportRequest, importFiles } from './import-files.ts';

const api = await startApi();
const { db, clock } = api;
const file = await temporaryFiles();

/** Imports files, given as name and content, as the command line does. */
async function run(
  contents: Record<string, string | Buffer>,
  { map, ...options }: Partial<ImportRequest> & { map?: string } = {},
) {
  const files: string[] = [];
  for (const [name, content] of Object.entries(contents)) files.push(await file(name, content));
  const mapping = map === undefined ? undefined : await file('mapping.yaml', map);
  const request = {
    kind: 'orders' as const,
    files,
    mapping,
    dryRun: false,
    rejectsFile: undefined,
    ...options,
  };
  return importFiles(db, request, { clock, actor: 'cli', currency: 'EUR', visitWindowDays: 30 });
}

async function order(source: string, externalId: string) {
  const { body } = await api.get(`/orders?source=${source}&limit=200`);
  const listed = body.data.find((each: { external_id: string }) => each.external_id === externalId);
  return listed === undefined ? undefined : (await api.get(`/orders/${listed.id}`)).body.data;
}

const joined = (source: string) => `
source: ${source}
currency: EUR
time_zone: Europe/Berlin
numbers: { decimal: ",", thousands: "." }
files: { heads: "heads*.csv", rows: "rows*.csv", people: "people*.csv" }
orders:
  rows: heads
  join:
    rows: { from: no, to: order }
    people: { on: person }
  fields:
    external_id: no
    ordered_at: { column: at, format: "dd.MM.yyyy HH:mm" }
    status: { column: state, values: { bezahlt: confirmed, storniert: cancelled } }
    customer.external_id: person
    customer.email: people.mail
    shipping: { sum: rows.freight }
    total: { sum: [rows.price, rows.freight] }
  lines:
    each: rows
    fields:
      product.external_id: { column: [sku, article] }
      quantity: { value: 1 }
      unit_price: price
  create_missing_products: true
`;

describe('importing orders from files that join', () => {
  const heads = [
    'no;at;state;person',
    'J1;25.10.2026 02:30;bezahlt;anna',
    'J2;01.03.2026 12:00;storniert;',
    'J3;01.03.2026 12:00;bezahlt;ben',
  ].join('\r\n');
  const rows = [
    'order;sku;article;price;freight',
    'J3;;A-3;"1.234,50";5',
    'J1;S-1;;10,00;"2,5"',
    'J1;S-2;;"5,5";',
  ].join('\r\n');
  const people = ['person;mail', 'anna;anna@example.com', 'ben;'].join('\r\n');

  it('puts each order together, whatever the order of rows', async () => {
    // A byte order mark, as spreadsheets write it.
    const contents = { 'heads.csv': `\ufeff${heads}`, 'rows.csv': rows, 'people.csv': people };
    const summary = await run(contents, { map: joined('joined') });
    expect(summary).toMatchObject({ status: 'completed', records: 3, created: 3, rejected: 0 });

    expect(await order('joined', 'J1')).toMatchObject({
      ordered_at: '2026-10-25T00:30:00.000Z',
      status: 'confirmed',
      currency: 'EUR',
      shipping: 2.5,
      customer: { external_id: 'anna', email: 'anna@example.com' },
      lines: [
        { product: { external_id: 'S-1' }, quantity: 1, unit_price: 10 },
        { product: { external_id: 'S-2' }, quantity: 1, unit_price: 5.5 },
      ],
    });
    expect(await order('joined', 'J2')).toMatchObject({ status: 'cancelled', lines: [], customer: null });
    expect(await order('joined', 'J3')).toMatchObject({ shipping: 5, lines: [{ unit_price: 1234.5 }] });

    expect(await run(contents, { map: joined('joined') })).toMatchObject({ created: 0, unchanged: 3 });
  });

  it('names the row and column of each fault, and takes the other orders', async () => {
    const contents = {
      'heads.csv':
        'no;at;state;person\nK1;01.03.2026 12:00;bezahlt;\nK2;31.02.2026 12:00;offen;\nK3;01.03.2026 12:00;bezahlt;anna',
      'rows.csv': 'order;sku;article;price;freight\nK1;S-1;;1.50;\nK1;;;1,00;\nK3;S-1;;1,00;',
      'people.csv': 'person;mail\nanna;nonsense',
    };
    const summary = await run(contents, { map: joined('faults') });
    expect(summary).toMatchObject({ records: 3, created: 0, rejected: 3 });
    const said = summary.first_rejections.map(
      (each) => `${each.file}:${each.line} ${each.field} ${each.column}`,
    );
    expect(said).toEqual([
      'rows.csv:2 lines.0.unit_price price',
      'heads.csv:3 ordered_at at',
      'heads.csv:3 status state',
      'people.csv:2 customer.email mail',
    ]);
    expect(summary.first_rejections[0]?.reason).toBe(
      '"1.50" is no number written with a decimal "," and "." between thousands; set numbers in the mapping, or mend the row',
    );
  });

  it('refuses rows of a joined file that cannot be read before anything is recorded', async () => {
    const contents = { 'heads.csv': heads, 'rows.csv': `${rows}\nJ1;S-9`, 'people.csv': people };
    await expect(run(contents, { map: joined('torn') })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('nothing was imported'),
      fields: [
        { path: 'rows.csv:5', message: expect.stringContaining('has 2 cells where the header has 5') },
      ],
    });
    expect(await order('torn', 'J1')).toBeUndefined();
  });
});

describe('importing orders from one file of lines', () => {
  const flat = `
source: flat
time_zone: Europe/Berlin
orders:
  fields:
    external_id: order
    ordered_at: at
    currency: currency
    status: { value: confirmed }
    shipping: { sum: freight }
    utm.source: utm_source
  lines:
    fields: { product.external_id: sku, quantity: qty, unit_price: price }
  create_missing_products: true
`;

  it('takes rows with the same id as one order, even when others stand between them', async () => {
    const summary = await run(
      {
        'flat.csv': [
          'order,at,currency,sku,qty,price,freight,utm_source',
          'F1,2026-03-01 10:00:00,EUR,"Chair, ""big""\nand blue",2,10.00,1.5,insta',
          'F2,2026-03-01 11:00:00,USD,Table,1,99.90,,',
          '',
          'F1,2026-03-01 10:00:00,EUR,Lamp,1,5,2,insta',
        ].join('\n'),
      },
      { map: flat },
    );
    expect(summary).toMatchObject({ records: 2, created: 2 });
    expect(await order('flat', 'F1')).toMatchObject({
      shipping: 3.5,
      utm: { source: 'insta' },
      lines: [{ product: { external_id: 'Chair, "big"\nand blue' } }, { product: { external_id: 'Lamp' } }],
    });
    expect(await order('flat', 'F2')).toMatchObject({ currency: 'USD', shipping: 0, utm: null });
  });
});

describe('importing orders without a mapping', () => {
  it('takes a CSV whose columns are the fields of the API', async () => {
    const header =
      'source,external_id,currency,ordered_at,status,customer.external_id,utm.campaign,lines.product.external_id,lines.quantity,lines.unit_price';
    await api.post('/products', { external_id: 'P1' });
    const summary = await run({
      'plain.csv': `${header}\nplain,A,EUR,2026-03-01T10:00:00Z,confirmed,anna,spring,P1,2,10\nplain,A,EUR,2026-03-01T10:00:00Z,confirmed,anna,spring,P1,1,3`,
    });
    expect(summary).toMatchObject({ created: 1, rejected: 0 });
    expect(await order('plain', 'A')).toMatchObject({
      utm: { campaign: 'spring' },
      lines: [{ quantity: 2 }, { quantity: 1, unit_price: 3 }],
    });
  });

  it('says which columns are no fields, and which it needs', async () => {
    await expect(
      run({ 'odd.csv': 'external_id,state,currency,ordered_at,lines.quantity\n' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('The columns of odd.csv are not the fields of orders'),
      fields: [
        {
          path: 'odd.csv state',
          message: expect.stringContaining('is no field of orders; there are source, external_id'),
        },
        { path: 'odd.csv', message: 'gives no status, which each of the orders needs; add it' },
        { path: 'odd.csv lines', message: 'gives no unit_price, which each line needs; add it' },
      ],
    });
  });

  it('takes NDJSON as the API takes it, and rejects what is none', async () => {
    const sent = {
      source: 'nd',
      external_id: 'N1',
      currency: 'EUR',
      ordered_at: '2026-03-01T10:00:00Z',
      status: 'confirmed',
      total: 12.5,
    };
    const summary = await run({
      'orders.ndjson': [
        JSON.stringify(sent),
        '',
        '{"source": "nd", ',
        '[]',
        JSON.stringify({ ...sent, external_id: 'N2', total: 12.345, colour: 'blue', coupon: 'a\0b' }),
      ].join('\n'),
    });
    expect(summary).toMatchObject({ records: 4, created: 1, rejected: 3 });
    expect(summary.first_rejections).toMatchObject([
      { line: 3, field: null, reason: expect.stringContaining('is not JSON') },
      { line: 4, field: null, reason: 'is no JSON object' },
      { line: 5, field: 'coupon' },
      { line: 5, field: 'colour' },
    ]);
  });
});

describe('a dry run', () => {
  it('counts what the import then does, products made on the way and repeats among it, and writes nothing', async () => {
    const contents = {
      'heads.csv':
        'no;at;state;person\nD1;01.03.2026 12:00;bezahlt;\nD2;01.03.2026 12:00;bezahlt;\nD1;01.03.2026 12:00;bezahlt;\nD4;?;bezahlt;',
      'rows.csv': 'order;sku;article;price;freight\nD1;NEW;;1,00;\nD2;NEW;;2,00;',
      'people.csv': 'person;mail\n',
    };
    const before = await db
      .selectFrom('audit_log')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .executeTakeFirst();
    const rehearsed = await run(contents, { map: joined('dry'), dryRun: true });
    expect(rehearsed).toMatchObject({ id: null, dry_run: true, created: 2, unchanged: 1, rejected: 1 });
    expect((await api.get('/orders?source=dry')).body.data).toEqual([]);
    expect((await api.get('/products?source=dry')).body.data).toEqual([]);
    expect(
      await db
        .selectFrom('audit_log')
        .select(({ fn }) => fn.countAll<bigint>().as('n'))
        .executeTakeFirst(),
    ).toEqual(before);

    const { id: _, dry_run: __, seconds: ___, ...counts } = rehearsed;
    expect(await run(contents, { map: joined('dry') })).toMatchObject(counts);
  });
});

describe('GET /imports', () => {
  it('shows how an import went and what it refused, as JSON and as CSV', async () => {
    const { id } = await run({ 'shown.ndjson': '{"external_id": "S1"}' });
    const listed = await api.get('/imports?limit=1');
    expect(listed.body.data).toMatchObject([
      {
        id,
        kind: 'orders',
        status: 'completed',
        records: 1,
        rejected: 1,
        created_by: 'cli',
        files: [{ name: 'shown.ndjson', rows: 1 }],
      },
    ]);
    expect(
      (await api.get(`/imports?limit=1&cursor=${listed.body.meta.next_cursor}`)).body.data[0].id,
    ).not.toBe(id);
    expect((await api.get(`/imports/${id}`)).body.data.id).toBe(id);

    const page = await api.get(`/imports/${id}/rejections?limit=2`);
    expect(page.body.data).toMatchObject([
      { file: 'shown.ndjson', line: 1, field: 'currency', row: { external_id: 'S1' } },
      { field: 'ordered_at' },
    ]);
    const rest = await api.get(`/imports/${id}/rejections?cursor=${page.body.meta.next_cursor}`);
    expect(rest.body.data).toMatchObject([{ field: 'status' }]);
    const csv = await api.get(`/imports/${id}/rejections`, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[0]).toBe('file,line,field,column,reason,row');
    expect((await api.get('/imports/018f0000-0000-7000-8000-000000000000/rejections')).status).toBe(404);
  });
});
