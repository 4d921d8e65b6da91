import type { Pool } from 'pg';
import { percentile, timed } from './percentile.ts';
import { questions } from './reports.ts';
import { serveBench } from './serve-bench.ts';

export type ReportMeasurements = {
  reports: { name: string; p50: number; p95: number }[];
  /** The raw aggregate over the ledger that answers what the leaderboard of 30 days does, with its best index. */
  rawLeaderboard: number;
};

/** Asks every report through the API, in milliseconds, and the ledger itself for the leaderboard. */
export async function measureReports(pool: Pool, say: (line: string) => void): Promise<ReportMeasurements> {
  const campaignId = await busiestCampaign(pool);
  const { server, ask } = await serveBench(pool);
  const reports: ReportMeasurements['reports'] = [];
  for (const { name, path } of questions) {
    const took = await timed(25, () => ask(path.replace(':id', campaignId)));
    const report = { name, p50: percentile(took), p95: percentile(took, 0.95) };
    say(`${name}: ${report.p50} ms`);
    reports.push(report);
  }
  await server.close();
  const rawLeaderboard = await measureRaw(pool);
  say(`raw aggregate: ${rawLeaderboard} ms`);
  return { reports, rawLeaderboard };
}

/** The campaign that the ledger has most entries of. */
export async function busiestCampaign(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'select campaign_id as id from credit_entries group by 1 order by count(*) desc, 1 limit 1',
  );
  return rows[0]!.id;
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
