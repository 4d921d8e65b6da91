import { mailRetailers } from './mail-retailers.ts';
import type { Dashboard } from './start-dashboard.ts';

const day = 86_400_000;

/**
 * A small shop with a past: six products, a campaign with two below it and one beside them, spend, visits, two mailings,
 * sixty orders over forty days, one of them in dollars and one refunded. Always the same, relative to now.
 */
export async function openShop({ send, settled }: Dashboard) {
  const now = Date.now();
  const at = (daysAgo: number) => new Date(now - daysAgo * day).toISOString();
  const names = ['Linen Shirt', 'Summer Dress', 'Canvas Tote', 'Running Shoe', 'Wool Scarf', 'Rain Coat'];
  const products: { id: string }[] = [];
  for (const [place, name] of names.entries()) {
    const body = {
      external_id: `P${place}`,
      sku: `SKU-${place}`,
      name,
      // The last has no cost, so that some profit is unknown.
      ...(place < 5 ? { cost: 8 + place } : {}),
    };
    products.push(await send('/products', { method: 'POST', body }));
  }

  const campaign = async (name: string, platform: string, daysAgo: number, targets: number[], more = {}) => {
    const body = { name, platform, starts_at: at(daysAgo), activate: true, ...more };
    const created = await send('/campaigns', { method: 'POST', body });
    await send(`/campaigns/${created.id}/products`, {
      method: 'POST',
      body: {
        product_ids: targets.map((place) => products[place]!.id),
        effective_from: at(daysAgo),
        reason: 'Entered late',
      },
    });
    return created;
  };
  const launch = await campaign('Summer Launch', 'multi', 50, [0, 1], { owner: 'House' });
  const reels = await campaign('Dress Reels', 'instagram', 40, [1, 2], { parent_campaign_id: launch.id });
  const creators = await campaign('Creators', 'tiktok', 30, [1, 3], {
    parent_campaign_id: launch.id,
    budget_type: 'daily',
    budget_amount: 20,
    landing_url: 'https://shop.example/shoe',
  });
  const search = await campaign('Brand Search', 'google', 45, [0, 3, 4]);
  for (const { id } of [reels, creators, search]) {
    const items = Array.from({ length: 20 }, (_, n) => ({
      day: at(n).slice(0, 10),
      amount: 10 + n,
      source: 'ads',
    }));
    await send(`/campaigns/${id}/spend`, { method: 'POST', body: { items } });
  }

  await send('/visits/batch', { method: 'POST', body: { visits: visitsOf([creators, search], at) } });
  await mailRetailers(send, creators.id, at);

  const items = Array.from({ length: 60 }, (_, n) => ({
    external_id: `O${n}`,
    order_number: `#${1000 + n}`,
    currency: n === 7 ? 'USD' : 'EUR',
    ordered_at: at((59 - n) * 0.66 + 0.05),
    status: n % 15 === 4 ? 'cancelled' : 'completed',
    session_id: `S${n % 12}`,
    customer: { external_id: `C${n % 9}`, name: `Customer ${n % 9}` },
    lines: [
      { product: { external_id: `P${n % 6}` }, quantity: 1 + (n % 2), unit_price: 20 + (n % 5) * 10 },
      ...(n % 3 === 0 ? [{ product: { external_id: 'P1' }, quantity: 1, unit_price: '33.33' }] : []),
    ],
    shipping: '4.90',
  }));
  const orders: { id: string }[] = await send('/orders/batch', { method: 'POST', body: { items } });
  const refunded = orders.at(-1)!.id;
  await send(`/orders/${refunded}/refunds`, {
    method: 'POST',
    body: { external_id: 'R1', amount: '10.00', reason: 'Late' },
  });
  await settled();
  return { products, launch, reels, creators, search, orders, refunded };
}

const agents = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
];

/** Of twelve sessions that came by one campaign and then by the other, from here and there; and of a bot. */
function visitsOf(campaigns: { id: string }[], at: (daysAgo: number) => string) {
  const visits = Array.from({ length: 24 }, (_, n) => ({
    session_id: `S${n % 12}`,
    visited_at: at(25 - n),
    campaign_id: campaigns[n < 12 ? 0 : 1]!.id,
    landing_page: 'https://shop.example/shoe',
    country: ['DE', 'FR', 'US'][n % 3],
    user_agent: agents[n % 2],
  }));
  return [...visits, { ...visits[0], session_id: 'bot', user_agent: 'Googlebot/2.1' }];
}
