import type { Pool } from 'pg';
import { percentile, timed } from './percentile.ts';
import { pages, questions } from './reports.ts';
import { serveBench } from './serve-bench.ts';

export type ReportMeasurements = {
  reports: Timing[];
  /** All that a page of the dashboard asks, at once. */
  pages: Timing[];
  /** The raw aggregate over the ledger that answers what the leaderboard of 30 days does, with its best index. */
  rawLeaderboard: number;
};

export type Timing = { name: string; p50: number; p95: number };

/** Asks every report through the API, in milliseconds, and the ledger itself for the leaderboard. */
export async function measureReports(pool: Pool, say: (line: string) => void): Promise<ReportMeasurements> {
  const fill = await placesOf(pool);
  const { server, ask } = await serveBench(pool);
  const measure = async (name: string, paths: string[]): Promise<Timing> => {
    const took = await timed(25, () => Promise.all(paths.map((path) => ask(fill(path)))));
    const timing = { name, p50: percentile(took), p95: percentile(took, 0.95) };
    say(`${name}: ${timing.p50} ms`);
    return timing;
  };
  const reports: Timing[] = [];
  for (const { name, path } of questions) reports.push(await measure(name, [path]));
  const opened: Timing[] = [];
  for (const { name, paths } of pages) opened.push(await measure(`page ${name}`, paths));
  await server.close();
  const rawLeaderboard = await measureRaw(pool);
  say(`raw aggregate: ${rawLeaderboard} ms`);
  return { reports, pages: opened, rawLeaderboard };
}

/** What the names in the paths of the bench stand for. */
export async function placesOf(pool: Pool): Promise<(path: string) => string> {
  const first = async (query: string) => (await pool.query<{ id: string }>(query)).rows[0]!.id;
  const places = {
    ':id': await first(
      'select campaign_id as id from credit_entries group by 1 order by count(*) desc, 1 limit 1',
    ),
    ':tree': await first(`
      select coalesce(c.parent_campaign_id, c.id) as id
        from credit_entries e join campaigns c on c.id = e.campaign_id group by 1 order by count(*) desc, 1 limit 1`),
    ':order': await first(
      `select id from orders where ordered_at >= '2025-06-15' order by ordered_at, id limit 1`,
    ),
    ':product': await first(`
      select product_id as id from order_lines
       where order_id = (select id from orders where ordered_at >= '2025-06-15' order by ordered_at, id limit 1)
       order by line_no limit 1`),
  };
  return (path) => Object.entries(places).reduce((filled, [name, id]) => filled.replace(name, id), path);
}

const raw = `
  select campaign_id, sum(quantity_e4) as units, sum(revenue_minor) as revenue, sum(profit_minor) as profit,
         count(distinct order_id) as orders, count(distinct (order_id, line_no)) as lines
    from credit_entries
   where model_version_id = (select id from attribution_models where model = 'product_split' and status = 'published')
     and currency = 'EUR' and sale_time >= '2025-06-01T00:00:00Z' and sale_time < '2025-07-01T00:00:00Z'
   group by campaign_id order by revenue desc`;

async function measureRaw(pool: Pool): Promise<number> {
  await pool.query(`
    create index bench_raw on credit_entries (model_version_id, currency, sale_time)
      include (campaign_id, order_id, line_no, quantity_e4, revenue_minor, profit_minor)`);
  await pool.query('vacuum (analyze) credit_entries');
  const took = await timed(5, () => pool.query(raw));
  await pool.query('drop index bench_raw');
  return percentile(took);
}
