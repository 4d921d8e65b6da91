/** What the bench asks of each report; `:id` is the campaign with most credit. */
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
  { name: 'campaign-summary-year', path: `/campaigns/:id/reports/summary?${year}` },
  { name: 'campaign-timeline-year-by-day', path: `/campaigns/:id/reports/timeline?${year}&interval=day` },
  { name: 'campaign-products-year', path: `/campaigns/:id/reports/products?${year}` },
  { name: 'campaign-orders-year', path: `/campaigns/:id/reports/orders?${year}` },
];
