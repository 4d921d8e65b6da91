import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../../test/refusal-of.ts';
import { temporaryFiles } from '../../../../test/temporary-files.ts';
import { importables } from '../kinds/import-kinds.ts';
import { inspectFile } from '../read/inspect-file.ts';
import { planImport } from './plan-import.ts';
import { readMapping } from './read-mapping.ts';

const file = await temporaryFiles();

/** What a mapping of orders is refused for, as `line key: message`. */
async function faultsOf(yaml: string, kind: 'orders' | 'products' | 'spend' = 'orders'): Promise<string[]> {
  const refusal = await refusalOf(async () => {
    const read = await readMapping(await file('map.yaml', yaml));
    const files = await Promise.all([
      file('orders.csv', 'id,at,state,total,sku,price\n').then((path) => inspectFile(path)),
      file('items.csv', 'id,sku,price,qty\n').then((path) => inspectFile(path)),
    ]);
    planImport({ kind, schema: importables[kind].schema, files, read });
  });
  expect(refusal.code).toBe('invalid');
  return refusal.fields.map(({ path, message }) => `${path.replace('map.yaml:', '')}: ${message}`);
}

const whole = `
currency: EUR
files: { orders: orders.csv, items: items.csv }
orders:
  rows: orders
  join: { items: { on: id } }
  fields:
    external_id: id
    ordered_at: at
    status: { value: confirmed }
    total: total
`;

describe('a mapping', () => {
  it('that is no YAML is refused at its line', async () => {
    expect(await faultsOf('orders:\n  fields: {a: b\n')).toEqual([
      expect.stringMatching(/^3: Flow map in block/),
    ]);
  });

  it.each([
    ['source: ""', '1 source: must not be empty'],
    ['timezone: Europe/Berlin', '1 timezone: is not a known field; did you mean time_zone?'],
    ['time_zone: Berlin', '1 time_zone: must be a time zone of the IANA database, such as America/Sao_Paulo'],
    ['currency: EURO', '1 currency: must be an ISO 4217 currency code such as EUR'],
    [
      'numbers: { decimal: ",", thousands: "," }',
      '1 numbers: must differ: decimal and thousands are the same',
    ],
    [
      'csv: { encoding: klingon }',
      '1 csv.encoding: must be the name of an encoding, such as utf-8 or windows-1252',
    ],
    ['products: {}', '1: has nothing about orders; add "orders:"'],
    [
      'files: { a: orders.csv, b: items.csv }\norders: { fields: {} }',
      '2 orders: must say "rows:", the file whose rows are orders: one of a, b',
    ],
    [
      'files: { a: orders.csv }\norders: { rows: b, fields: {} }',
      "2 orders.rows: names b, which is not among the mapping's files (a)",
    ],
    [
      'files: { a: "other*.csv" }\norders:\n  fields: {}',
      '3 orders.rows: needs a file named other*.csv, and none was given; add it to the command',
    ],
  ])('%s is refused: %s', async (yaml, fault) => {
    expect(await faultsOf(yaml)).toEqual([fault]);
  });

  it.each([
    ['    stattus: state', '12 orders.fields.stattus: is no field of orders; did you mean status?'],
    [
      '    coupon: copoun',
      '12 orders.fields.coupon: takes the column "copoun", which orders does not have; there are',
    ],
    [
      '    coupon: items.skuu',
      '12 orders.fields.coupon: takes the column "skuu", which items does not have; did you mean sku?',
    ],
    [
      '    coupon: { format: unix, column: sku }',
      '12 orders.fields.coupon: cannot have format: that is for timestamps and days',
    ],
    [
      '    coupon: { sum: sku }',
      '12 orders.fields.coupon: cannot have sum: that is for amounts and quantities',
    ],
    ['    tax: { column: price, value: 1 }', '12 orders.fields.tax: has column and value; give one of them'],
    ['    tax: { round: 2 }', '12 orders.fields.tax: needs a column, a sum or a value'],
    ['    tax: { column: price, divide_by: 30 }', '12 orders.fields.tax.divide_by: must be 10, 100, 1000'],
    [
      '    tax: { column: price, otherwise: 1 }',
      '12 orders.fields.tax: cannot have otherwise: that is for fields with values',
    ],
    ['    tax: 1', '12 orders.fields.tax: must be an object, not a whole number'],
    [
      '    updated_at: { column: at, format: HH:mm }',
      '12 orders.fields.updated_at: format must name at least yyyy',
    ],
    [
      '  lines: { each: rows, fields: { quantity: qty, unit_price: price } }',
      '12 orders.lines.each: names rows, which is not joined; add it to join',
    ],
    [
      '  lines: { fields: { quantity: { value: 1 } } }',
      '12 orders.lines.fields: gives no unit_price, which each line needs',
    ],
  ])('with "%s" is refused: %s', async (line, fault) => {
    expect(await faultsOf(`${whole}${line}\n`)).toEqual([expect.stringContaining(fault)]);
  });

  it('that lacks what every order needs says so once, and all faults come together', async () => {
    const yaml = whole
      .replace('    external_id: id\n', '')
      .replace('currency: EUR', '')
      .replace('on: id', 'on: idd');
    expect(await faultsOf(yaml)).toEqual([
      expect.stringMatching(
        /^6 orders.join.items: takes the column "idd", which orders does not have; did you mean id/,
      ),
      expect.stringMatching(
        /^6 orders.join.items: takes the column "idd", which items does not have; did you mean id/,
      ),
      '7 orders.fields: gives no external_id, which each of the orders needs; add it',
      '7 orders.fields: gives no currency, which each of the orders needs; add it',
    ]);
  });

  it('whose lines are rows of the same file must take their order from one column', async () => {
    const yaml = `currency: EUR
files: { items: items.csv }
orders:
  fields:
    external_id: [id]
`;
    expect(await faultsOf(yaml)).toEqual([
      expect.stringContaining('5 orders.fields.external_id: must be an object, not a list'),
    ]);
    const grouped = yaml
      .replace('[id]', '{ column: [id, sku] }')
      .concat(
        '    ordered_at: { value: "2026-03-01T00:00:00Z" }\n    status: { value: confirmed }\n',
        '  lines: { fields: { quantity: qty, unit_price: price } }\n',
      );
    expect(await faultsOf(grouped)).toEqual([
      '5 orders.fields.external_id: must be one column of items: its rows are lines, and those that agree in it are one order',
    ]);
  });

  it('cannot give products lines', async () => {
    const yaml =
      'files: { o: items.csv }\nproducts:\n  fields: { external_id: sku }\n  lines: { fields: {} }\n';
    expect(await faultsOf(yaml, 'products')).toEqual([
      '4 products.lines: cannot be of products: only orders have lines',
    ]);
  });

  it('that lets a file be two things is refused', async () => {
    const refusal = await refusalOf(async () => {
      const read = await readMapping(
        await file('both.yaml', 'files: { a: "*.csv", b: "or*" }\norders: { rows: a }'),
      );
      const files = [await inspectFile(await file('orders.csv', 'id\n'))];
      planImport({ kind: 'orders', schema: importables.orders.schema, files, read });
    });
    expect(refusal.message).toBe(
      "orders.csv fits both a (*.csv) and b (or*) of the mapping's files; make the patterns narrower.",
    );
  });
});
