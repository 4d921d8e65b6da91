import type { openShop } from './open-shop.ts';

/** Every page of the dashboard with something on it, by name. */
export function shopPages(shop: Awaited<ReturnType<typeof openShop>>): [string, string][] {
  const campaign = `/campaigns/${shop.creators.id}`;
  const tabs = [
    'summary',
    'visits',
    'conversions',
    'emails',
    'targets',
    'products',
    'orders',
    'spend',
    'children',
    'history',
  ];
  const sections = ['account', 'users', 'keys', 'audit', 'jobs', 'configuration'];
  return [
    ['overview', '/?range=90d'],
    ['overview as a table', '/?range=90d&timeline=table'],
    ['overview in full', '/?range=90d&model=product_full'],
    ['overview as booked', '/?range=90d&basis=posted'],
    ['leaderboard', '/leaderboard?range=90d'],
    ['model comparison', '/comparison?range=90d'],
    ['new customers', '/customers?range=90d'],
    ['campaign tree', '/campaigns'],
    ['campaign cards', '/campaigns?view=cards'],
    ['no campaign', '/campaigns?q=nothing-is-called-this'],
    ['new campaign', '/campaigns/new'],
    ['edit campaign', `${campaign}/edit`],
    ...tabs.map((tab): [string, string] => [`campaign ${tab}`, `${campaign}?range=90d&tab=${tab}`]),
    ['orders', '/orders?range=90d'],
    ['order', `/orders/${shop.refunded}`],
    ['products', '/products'],
    ['product', `/products/${shop.products[1]?.id}`],
    ['product without cost', `/products/${shop.products[5]?.id}`],
    ['links', '/links'],
    ['link of a campaign', `/links?campaign=${shop.creators.id}&utm_content=blue`],
    ['link without a landing page', `/links?campaign=${shop.search.id}`],
    ['compare nothing', '/compare'],
    ['compare', `/compare?range=90d&ids=${shop.creators.id},${shop.search.id}`],
    ['paths', '/paths?range=90d'],
    ['no paths', '/paths?range=yesterday'],
    ['live', '/live'],
    ['tracking', '/tracking'],
    ['email cards', '/email?range=90d'],
    ['email tables', '/email?range=90d&view=table&email-timeline=table&categories=table&email-orders=table'],
    ['retailers', '/email/retailers?range=90d'],
    ['retailers by a rate', '/email/retailers?range=90d&figure=open_rate&regions=table'],
    ['partners', '/partners'],
    ['no partner', '/partners?search=nobody'],
    ['health', '/health?range=90d'],
    ['backfills', '/backfills'],
    ...sections.map((section): [string, string] => [`settings ${section}`, `/settings/${section}`]),
    ['nowhere', '/nowhere'],
    ['missing order', '/orders/00000000-0000-4000-8000-000000000000'],
  ];
}
