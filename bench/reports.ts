/** What the bench asks of each report; `:id` is the campaign with most credit, `:tree` the largest tree's root. */
export const month = 'from=2025-06-01&to=2025-06-30';
export const year = 'from=2025-01-01&to=2025-12-31';

export const questions: { name: string; path: string }[] = [
  { name: 'leaderboard-30-days', path: `/reports/leaderboard?${month}` },
  { name: 'leaderboard-30-days-zone', path: `/reports/leaderboard?${month}&tz=America/St_Johns` },
  { name: 'leaderboard-year', path: `/reports/leaderboard?${year}&include_children=true` },
  { name: 'leaderboard-year-posted', path: `/reports/leaderboard?${year}&basis=posted` },
  { name: 'overview-30-days', path: `/reports/overview?${month}&compare=previous` },
  { name: 'overview-year', path: `/reports/overview?${year}` },
  { name: 'health-30-days', path: `/reports/health?${month}` },
  { name: 'health-year', path: `/reports/health?${year}` },
  { name: 'platforms-year', path: `/reports/platforms?${year}` },
  { name: 'timeline-year-by-day', path: `/reports/timeline?${year}&interval=day` },
  { name: 'timeline-30-days-by-hour', path: `/reports/timeline?${month}&interval=hour&tz=Asia/Kathmandu` },
  {
    name: 'timeline-200-days-by-hour',
    path: '/reports/timeline?from=2025-03-01&to=2025-09-16&interval=hour&tz=Asia/Kathmandu',
  },
  {
    name: 'timeline-year-by-day-filtered',
    path: `/reports/timeline?${year}&interval=day&platform=google&status=ended&tz=Europe/Berlin`,
  },
  { name: 'customers-30-days', path: `/reports/customers?${month}&tz=Europe/Berlin&compare=previous` },
  { name: 'customers-year', path: `/reports/customers?${year}&tz=Europe/Berlin&include_children=true` },
  { name: 'customers-year-by-month', path: `/reports/customers?${year}&tz=Europe/Berlin&by=campaign_month` },
  { name: 'campaign-summary-year', path: `/campaigns/:id/reports/summary?${year}` },
  { name: 'campaign-timeline-year-by-day', path: `/campaigns/:id/reports/timeline?${year}&interval=day` },
  { name: 'campaign-products-year', path: `/campaigns/:id/reports/products?${year}` },
  {
    name: 'campaign-products-year-compared',
    path: `/campaigns/:id/reports/products?from=2025-07-01&to=2025-12-31&tz=Europe/Berlin&compare=previous`,
  },
  { name: 'tree-products-year', path: `/campaigns/:tree/reports/products?${year}&include_children=true` },
  { name: 'tree-orders-year', path: `/campaigns/:tree/reports/orders?${year}&include_children=true` },
  { name: 'campaign-orders-year', path: `/campaigns/:id/reports/orders?${year}` },
];

/** Loaded once, with the first page, and kept. */
const everyPage = [
  '/session',
  '/installation',
  '/campaigns?archived=all&sort=created_at&order=asc&limit=500',
];

/** The days that pages are opened over: 30 of them, as the installation's zone has them. */
export type OpenedOver = {
  from: string;
  to: string;
  sales_from: string;
  sales_to: string;
  sale_time: string;
};

const june: OpenedOver = {
  from: '2025-06-01',
  to: '2025-06-30',
  sales_from: '2025-06-01T00:00:00%2B02:00',
  sales_to: '2025-07-01T00:00:00%2B02:00',
  sale_time: '2025-06-15T12:00:00Z',
};

/**
 * What each page of the dashboard asks when it is opened with nothing cached, as its own code does, over the last 30
 * days compared with those before; `:order` is an order of the middle of the year, `:product` one of its products.
 */
export const pages = pagesOver(june);

/** The same pages over other days. */
export function pagesOver({ from, to, sales_from, sales_to, sale_time }: OpenedOver) {
  const days = `from=${from}&to=${to}&tz=Europe/Berlin`;
  const asked = `${days}&model=product_split&basis=sale&compare=previous`;
  const opened: { name: string; paths: string[] }[] = [
    {
      name: 'overview',
      paths: [`/reports/overview?${asked}&limit=8`, `/reports/timeline?${asked}&order=asc&interval=day`],
    },
    { name: 'leaderboard', paths: [`/reports/leaderboard?${asked}&limit=1000`] },
    {
      name: 'model comparison',
      paths: ['product_split', 'product_full'].map(
        (model) => `/reports/leaderboard?${days}&model=${model}&limit=1000`,
      ),
    },
    { name: 'campaigns', paths: [`/reports/leaderboard?${asked}&limit=1000`] },
    { name: 'customers', paths: ['campaign', 'month'].map((by) => `/reports/customers?${asked}&by=${by}`) },
    {
      name: 'campaign: summary',
      paths: [
        '/campaigns/:id',
        `/campaigns/:id/reports/summary?${asked}&include_children=true`,
        `/campaigns/:id/reports/timeline?${asked}&order=asc&interval=day&include_children=true`,
      ],
    },
    {
      name: 'campaign: products',
      paths: ['/campaigns/:id', `/campaigns/:id/reports/products?${asked}&include_children=true&limit=1000`],
    },
    {
      name: 'campaign: orders',
      paths: ['/campaigns/:id', `/campaigns/:id/reports/orders?${asked}&include_children=true&limit=500`],
    },
    { name: 'campaign: children', paths: ['/campaigns/:tree', `/reports/leaderboard?${asked}&limit=1000`] },
    { name: 'campaign: targets', paths: ['/campaigns/:id', '/campaigns/:id/products?limit=500'] },
    { name: 'campaign: spend', paths: ['/campaigns/:id', '/campaigns/:id/spend?limit=500'] },
    { name: 'campaign: history', paths: ['/campaigns/:id', '/campaigns/:id/history?limit=500'] },
    {
      name: 'orders',
      paths: [`/orders?from=${sales_from}&to=${sales_to}&limit=200`],
    },
    { name: 'order', paths: ['/orders/:order', '/orders/:order/explain'] },
    { name: 'products', paths: ['/products?limit=200'] },
    {
      name: 'product',
      paths: [
        '/products/:product',
        `/admin/debug-attribution?product_id=:product&sale_time=${sale_time}&currency=EUR`,
      ],
    },
    { name: 'health', paths: [`/reports/health?${asked}`] },
    { name: 'backfills', paths: ['/admin/backfills?limit=100'] },
    { name: 'settings: jobs', paths: ['/admin/queue', '/admin/jobs'] },
    { name: 'settings: audit', paths: ['/audit?limit=100'] },
    {
      name: 'campaign: visits',
      paths: [
        '/campaigns/:id',
        `/campaigns/:id/analytics?${days}&compare=previous`,
        `/campaigns/:id/timeline?${days}&interval=day&order=asc`,
        '/campaigns/:id/visits?limit=50',
      ],
    },
    { name: 'paths', paths: [`/reports/paths?${days}`, `/reports/touch-overlap?${days}`] },
    { name: 'live', paths: ['/visits/active'] },
    {
      name: 'email',
      paths: ['summary', 'funnel', 'timeline', 'subjects'].map(
        (report) => `/reports/email/${report}?${days}&mailed=true`,
      ),
    },
  ];
  return opened.map(({ name, paths }) => ({ name, paths: [...paths, ...everyPage] }));
}
