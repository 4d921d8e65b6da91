/**
 * What the bench asks of each report: every report with every kind of answer that its SQL or its shaping differs for. `:id`
 * is the campaign with most credit, `:ids` ten of those, `:tree` the root of the tree with most, `:order` an order and
 * `:customer` a customer of the middle of the year.
 */
export const month = 'from=2025-06-01&to=2025-06-30';
export const year = 'from=2025-01-01&to=2025-12-31';
const half = 'from=2025-07-01&to=2025-12-31&tz=Europe/Berlin&compare=previous';
const full = 'model=product_full';
const berlin = 'tz=Europe/Berlin';
const booked = 'basis=posted';
const hours = 'from=2025-03-01&to=2025-09-16&interval=hour&tz=Asia/Kathmandu';
const some = 'platform=google&status=ended';

export type Question = { name: string; path: string; csv?: true };

export const questions: Question[] = [
  ...of('leaderboard', '/reports/leaderboard', {
    '30-days': month,
    '30-days-zone': `${month}&tz=America/St_Johns`,
    '30-days-compared': `${month}&${berlin}&compare=previous`,
    '30-days-filtered': `${month}&${berlin}&${some}`,
    '30-days-full': `${month}&${full}`,
    '30-days-posted': `${month}&${berlin}&${booked}`,
    year: `${year}&include_children=true`,
    'year-full': `${year}&include_children=true&${full}`,
    'year-posted': `${year}&${booked}`,
  }),
  { name: 'leaderboard-year-csv', path: `/reports/leaderboard?${year}&limit=1000`, csv: true },
  { name: 'visit-leaderboard-30-days', path: `/campaigns/leaderboard?${month}&model=product_split` },
  ...of('overview', '/reports/overview', {
    '30-days': `${month}&compare=previous`,
    '30-days-filtered': `${month}&${berlin}&${some}`,
    '30-days-posted': `${month}&${berlin}&${booked}`,
    year: year,
    'year-full': `${year}&${full}`,
  }),
  ...of('health', '/reports/health', {
    '30-days': month,
    '30-days-posted': `${month}&${berlin}&${booked}`,
    year: year,
    'year-full': `${year}&${full}`,
    'half-year-compared': half,
  }),
  ...of('platforms', '/reports/platforms', {
    year: year,
    'year-full': `${year}&${full}`,
    'year-filtered': `${year}&${berlin}&status=ended`,
    'half-year-posted-compared': `${half}&${booked}`,
  }),
  ...of('timeline', '/reports/timeline', {
    'year-by-day': `${year}&interval=day`,
    'year-by-day-full': `${year}&interval=day&${full}&${berlin}`,
    'year-by-day-posted': `${year}&interval=day&${booked}&${berlin}`,
    'year-by-day-filtered': `${year}&interval=day&${some}&${berlin}`,
    'half-year-by-day-compared': `${half}&interval=day`,
    'year-by-week': `${year}&interval=week&${berlin}`,
    'year-by-month-filtered': `${year}&interval=month&${some}&${berlin}`,
    '30-days-by-hour': `${month}&interval=hour&tz=Asia/Kathmandu`,
    '30-days-by-hour-filtered': `${month}&interval=hour&${some}&tz=Asia/Kathmandu`,
    '200-days-by-hour': hours,
  }),
  { name: 'timeline-200-days-by-hour-csv', path: `/reports/timeline?${hours}`, csv: true },
  ...of('customers', '/reports/customers', {
    '30-days': `${month}&${berlin}&compare=previous`,
    year: `${year}&${berlin}&include_children=true`,
    'year-full': `${year}&${berlin}&${full}`,
    'year-filtered': `${year}&${berlin}&${some}`,
    'year-by-month': `${year}&${berlin}&by=campaign_month`,
    'half-year-by-month-compared': `${half}&by=month`,
  }),
  { name: 'compare-ten-year', path: `/campaigns/compare?${year}&ids=:ids&model=product_split` },
  ...of('campaign-summary', '/campaigns/:id/reports/summary', {
    year: year,
    'half-year-compared': half,
    'year-posted': `${year}&${berlin}&${booked}`,
  }),
  ...of('tree-summary', '/campaigns/:tree/reports/summary', {
    year: `${year}&${berlin}&include_children=true`,
    'year-full': `${year}&include_children=true&${full}`,
    'year-filtered': `${year}&${berlin}&include_children=true&${some}`,
  }),
  ...of('campaign-timeline', '/campaigns/:id/reports/timeline', {
    'year-by-day': `${year}&interval=day`,
    'year-by-day-posted': `${year}&interval=day&${berlin}&${booked}`,
    'half-year-by-day-compared': `${half}&interval=day`,
  }),
  ...of('tree-timeline', '/campaigns/:tree/reports/timeline', {
    'year-by-day': `${year}&interval=day&${berlin}&include_children=true`,
    'year-by-day-full': `${year}&interval=day&include_children=true&${full}`,
    'year-by-day-filtered': `${year}&interval=day&${berlin}&include_children=true&${some}`,
  }),
  ...of('campaign-products', '/campaigns/:id/reports/products', {
    year: year,
    'year-full': `${year}&${full}`,
    'year-posted': `${year}&${berlin}&${booked}`,
    'half-year-compared': half,
  }),
  ...of('tree-products', '/campaigns/:tree/reports/products', {
    year: `${year}&include_children=true`,
    'year-full': `${year}&include_children=true&${full}`,
    'year-posted': `${year}&${berlin}&include_children=true&${booked}`,
    'year-filtered': `${year}&${berlin}&include_children=true&status=ended&platform=google`,
    'year-ended': `${year}&${berlin}&include_children=true&status=ended`,
    'year-filtered-posted': `${year}&${berlin}&include_children=true&platform=google&${booked}`,
  }),
  {
    name: 'tree-products-year-csv',
    path: `/campaigns/:tree/reports/products?${year}&include_children=true&limit=5000`,
    csv: true,
  },
  ...of('campaign-orders', '/campaigns/:id/reports/orders', {
    year: year,
    'year-by-revenue': `${year}&sort=revenue`,
    'year-posted': `${year}&${berlin}&${booked}`,
  }),
  ...of('tree-orders', '/campaigns/:tree/reports/orders', {
    year: `${year}&include_children=true`,
    'year-full': `${year}&include_children=true&${full}`,
    'year-by-revenue': `${year}&include_children=true&sort=revenue`,
    'year-filtered': `${year}&${berlin}&include_children=true&${some}`,
  }),
  { name: 'order-campaign-source', path: '/orders/:order/campaign-source?model=product_split' },
  { name: 'customer-acquisition', path: '/customers/:customer/acquisition' },
  { name: 'customer-campaign-history', path: '/customers/:customer/campaign-history' },
];

function of(report: string, path: string, asked: Record<string, string>): Question[] {
  return Object.entries(asked).map(([name, query]) => ({
    name: `${report}-${name}`,
    path: `${path}?${query}`,
  }));
}

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
  const opened: { name: string; paths: string[]; ofTouches?: true }[] = [
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
      ofTouches: true,
      paths: [
        '/campaigns/:id',
        `/campaigns/:id/analytics?${days}&compare=previous`,
        `/campaigns/:id/timeline?${days}&interval=day&order=asc`,
        '/campaigns/:id/visits?limit=50',
      ],
    },
    { name: 'paths', ofTouches: true, paths: [`/reports/paths?${days}`, `/reports/touch-overlap?${days}`] },
    { name: 'live', ofTouches: true, paths: ['/visits/active'] },
    {
      name: 'email',
      ofTouches: true,
      paths: ['summary', 'funnel', 'timeline', 'subjects'].map(
        (report) => `/reports/email/${report}?${days}&mailed=true`,
      ),
    },
  ];
  return opened.map(({ paths, ...page }) => ({ ...page, paths: [...paths, ...everyPage] }));
}
