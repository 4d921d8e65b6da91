import type { Pool } from 'pg';
import type { ReportReply } from './floor/raw-answers.ts';
import { measureRaw } from './measure-raw.ts';
import { percentile, timed } from './percentile.ts';
import { pages, questions } from './reports.ts';
import { serveBench } from './serve-bench.ts';

export type ReportMeasurements = {
  reports: ReportTiming[];
  /** All that a page of the dashboard asks, at once. */
  pages: Timing[];
};

export type Timing = { name: string; p50: number; p95: number };
/** With the plain aggregate over the ledger that comes to the same figures; none for the CSV of what is there as JSON. */
export type ReportTiming = Timing & { raw: number | undefined };

/** Asks every report and page through the API, and then the ledger itself for the same, in milliseconds. */
export async function measureReports(pool: Pool, say: (line: string) => void): Promise<ReportMeasurements> {
  const fill = await placesOf(pool);
  const { server, ask, askCsv } = await serveBench(pool);
  const measure = async (name: string, run: () => Promise<unknown>): Promise<Timing> => {
    const took = await timed(25, run, 700);
    const timing = { name, p50: percentile(took), p95: percentile(took, 0.95) };
    say(`${name}: ${timing.p50} ms`);
    return timing;
  };
  const reports: Timing[] = [];
  const answered = new Map<string, { path: string; reply: ReportReply }>();
  for (const { name, path, csv } of questions) {
    const filled = fill(path);
    if (csv === undefined) answered.set(name, { path: filled, reply: (await ask(filled)) as ReportReply });
    reports.push(await measure(name, () => (csv === undefined ? ask(filled) : askCsv(filled))));
  }
  const opened: Timing[] = [];
  for (const { name, paths } of pages.filter(({ ofTouches }) => !ofTouches)) {
    opened.push(await measure(`page ${name}`, () => Promise.all(paths.map((path) => ask(fill(path))))));
  }
  await server.close();
  const raw = await measureRaw(pool, answered, say);
  return { reports: reports.map((timing) => ({ ...timing, raw: raw.get(timing.name) })), pages: opened };
}

/** What the names in the paths of the bench stand for. */
export async function placesOf(pool: Pool): Promise<(path: string) => string> {
  const first = async (query: string) => (await pool.query<{ id: string }>(query)).rows[0]!.id;
  const places = {
    ':ids': await first(`
      select string_agg(id, ',') as id
        from (select campaign_id::text as id from credit_entries group by 1 order by count(*) desc, 1 limit 10) most`),
    ':id': await first(
      'select campaign_id as id from credit_entries group by 1 order by count(*) desc, 1 limit 1',
    ),
    ':tree': await first(`
      select coalesce(c.parent_campaign_id, c.id) as id
        from credit_entries e join campaigns c on c.id = e.campaign_id group by 1 order by count(*) desc, 1 limit 1`),
    ':order': await first(
      `select id from orders where ordered_at >= '2025-06-15' order by ordered_at, id limit 1`,
    ),
    ':customer': await first(`
      select c.id from orders o join customers c on c.id = o.customer_id
        join customer_orders p on p.order_id = o.id and p.is_acquiring
       where o.ordered_at >= '2025-06-15' order by o.ordered_at, o.id limit 1`),
    ':product': await first(`
      select product_id as id from order_lines
       where order_id = (select id from orders where ordered_at >= '2025-06-15' order by ordered_at, id limit 1)
       order by line_no limit 1`),
  };
  return (path) => Object.entries(places).reduce((filled, [name, id]) => filled.replace(name, id), path);
}
