import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startApi } from './api.ts';
import { openShop } from './shop.ts';

const page = readFileSync(new URL('../../../docs/concepts.md', import.meta.url), 'utf8');
const api = await startApi({ now: '2026-02-15T00:00:00Z' });
const shop = openShop(api, 'concepts');

test('the worked example of the concepts page is what the product does', async () => {
  await shop.product('shoe', { cost: 40 });
  await shop.product('socks', { cost: 3 });
  await shop.campaign('Search ads', { targets: ['shoe', 'socks'], starts_at: '2026-02-15T00:00:00Z' });
  api.clock.advance(1000);
  await shop.campaign('Spring reel', { targets: ['shoe'], starts_at: '2026-03-01T00:00:00Z' });
  api.clock.advance(1000);
  await shop.campaign('Newsletter', { targets: ['shoe'], starts_at: '2026-03-01T00:00:00Z' });
  api.clock.advance(1000);
  await shop.campaign('Influencer story', { targets: ['shoe'], starts_at: '2026-02-15T00:00:00Z' });
  api.clock.set('2026-02-28T00:00:00Z');
  await shop.status('Influencer story', 'paused');
  api.clock.set('2026-03-05T00:00:00Z');
  await shop.status('Influencer story', 'running');

  await shop.order('o', {
    at: '2026-03-02T10:00:00Z',
    lines: [
      ['shoe', 1, 99.9],
      ['socks', 2, 9.99],
    ],
    discount: 12,
    shipping: 4.9,
  });
  await api.settle();
  const explained = await shop.explain('o');
  expect(explained.lines.map(({ value }: { value: string }) => value)).toEqual([
    '1 × 99.90 − 10.00 of the order’s discount = 89.90',
    '2 × 9.99 − 2.00 of the order’s discount = 17.98',
  ]);
  expect(page).toContain(`> ${explained.lines[0].candidates.at(-1).reason}`);
  expect(rowsOnPage(5)).toEqual(await shop.credits('o'));

  await shop.refund('o', { external_id: 'r', lines: [{ line_no: 2, quantity: 1 }] });
  await api.settle();
  expect(await shop.entries('o')).toContain('2 Search ads refund -1 -8.99');
  await shop.campaign('Shop window', { targets: ['shoe'], starts_at: '2026-03-01T00:00:00Z' });
  await api.settle();
  expect(rowsOnPage(4)).toEqual(
    (await shop.credits('o')).map((row) => row.split(' ').slice(0, -1).join(' ')),
  );
});

/** The rows of the page's credit tables with so many columns, as the shop tells credits. */
function rowsOnPage(columns: number): string[] {
  return page
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells.length === columns && /^\d$/.test(cells[0]!))
    .map((cells) => cells.join(' '))
    .sort();
}
