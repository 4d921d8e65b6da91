import { expect, test } from 'vitest';
import { z } from 'zod';
import { startApi } from '../../test/api.ts';
import { openShop } from '../../test/shop.ts';
import { routeTable } from './route-table.ts';

const api = await startApi({
  now: '2026-06-01T12:00:00Z',
  settings: { models: ['product_full', 'product_split', 'last_touch'] },
});
const shop = openShop(api, 'shop');
await shop.product('shoe', { cost: 10 });
const parent = await shop.campaign('Parent', { targets: ['shoe'] });
const child = await shop.campaign('Child', { targets: ['shoe'], parent: 'Parent' });
await shop.order('o1', { at: '2026-05-10T12:00:01.500Z', lines: [['shoe', 1, 80]] });
await api.settle();

const ranged = routeTable.filter(({ method, query, path }) => {
  const fields = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
  return (
    method === 'GET' &&
    ['from', 'to', 'tz'].every((name) => fields.includes(name)) &&
    !path.startsWith('/orders/')
  );
});

// Whole days, quarter hours and what is less than one are answered from different tables, which may be asked alone.
test.each(ranged.map(({ path }) => path))(
  '%s is answered for a second, for a day and for what cuts both',
  async (path) => {
    const asked = path.replace('/campaigns/:id', `/campaigns/${parent}`);
    expect(asked).not.toContain(':');
    for (const [from, to] of [
      ['2026-05-10T12:00:01Z', '2026-05-10T12:00:02Z'],
      ['2026-05-10', '2026-05-10'],
      ['2026-05-08T12:07:01Z', '2026-05-10T12:21:02Z'],
    ]) {
      const ids = path.endsWith('/compare') ? `&ids=${parent},${child}` : '';
      const { status, text } = await api.get(`${asked}?from=${from}&to=${to}${ids}`);
      expect(`${status} ${status === 200 ? '' : text}`).toBe('200 ');
    }
  },
);
