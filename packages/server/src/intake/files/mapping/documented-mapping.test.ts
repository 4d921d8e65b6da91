import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { temporaryFiles } from '../../../../test/temporary-files.ts';
import { importables } from '../kinds/import-kinds.ts';
import { inspectFile } from '../read/inspect-file.ts';
import { planImport } from './plan-import.ts';
import { readMapping } from './read-mapping.ts';

const file = await temporaryFiles();

it('the mapping that the reference shows fits the files it speaks of', async () => {
  const page = await readFile(
    new URL('../../../../../../docs/reference/import-mapping.md', import.meta.url),
    'utf8',
  );
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const read = await readMapping(await file('mapping.yaml', yaml));
  const contents = {
    'orders-2026.csv': 'order_id;created;state;customer',
    'items-2026.csv': 'order_id;sku;qty;price;freight',
    'customers.csv': 'id;mail',
  };
  const files = [];
  for (const [name, header] of Object.entries(contents)) {
    files.push(await inspectFile(await file(name, header), read.mapping.csv));
  }
  const plan = planImport({ kind: 'orders', schema: importables.orders.schema, files, read });
  expect(plan.main.role).toBe('orders');
  expect(plan.sides.map(({ role }) => role)).toEqual(['items', 'people']);
});
