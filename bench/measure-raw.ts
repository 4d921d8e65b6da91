import type { Pool } from 'pg';
import { type RawAnswer, type ReportReply, rawAnswers } from './floor/raw-answers.ts';
import { type Figures, figuresOfStatement } from './floor/read-figures.ts';
import { percentile } from './percentile.ts';

/**
 * Answers what reports were asked by plain aggregates over the ledger, with an index made for each kind of them, and
 * refuses figures that are not the same.
 *
 * @param answered the path of each report, and what it answered
 * @returns milliseconds by the name of the report: the median, of all its aggregates one after the other
 */
export async function measureRaw(
  pool: Pool,
  answered: Map<string, { path: string; reply: ReportReply }>,
  say: (line: string) => void,
): Promise<Map<string, number>> {
  const versions = await versionsOf(pool);
  await buildIndexes(pool);
  say('indexes for the plain aggregates are built');
  const took = new Map<string, number>();
  for (const [name, { path, reply }] of answered) {
    const answers = rawAnswers(path, reply, versions.get(String(reply.meta.model))!);
    let sum = 0;
    for (const answer of answers) sum += await measure(pool, name, answer);
    took.set(name, Math.round(sum * 10) / 10);
    say(`${name}, plain: ${took.get(name)} ms`);
  }
  await dropIndexes(pool);
  return took;
}

async function measure(pool: Pool, name: string, { statement, ours }: RawAnswer): Promise<number> {
  const { sql, parameters } = statement;
  const took: number[] = [];
  const run = async () => {
    const started = performance.now();
    const { rows } = await pool.query(sql, [...parameters]);
    took.push(performance.now() - started);
    return rows;
  };
  refuseDifference(name, ours, figuresOfStatement(await run()));
  // The first run warms the caches, unless one alone takes long enough to tell.
  if (took[0]! < longEnough) took.pop();
  const until = performance.now() + longEnough;
  while (took.length === 0 || (took.length < 5 && performance.now() < until)) await run();
  return percentile(took);
}

const longEnough = 500;

/** A report shows the first of its rows, and rows without anything too. */
function refuseDifference(name: string, ours: Map<string, Figures>, plain: Map<string, Figures>): void {
  for (const [subject, figures] of ours) {
    for (const [figure, value] of Object.entries(figures)) {
      const counted = plain.get(subject)?.[figure] ?? 0;
      if (counted === value) continue;
      throw new Error(`${name}: ${figure} of "${subject}" is ${value}, the plain aggregate says ${counted}.`);
    }
  }
}

async function versionsOf(pool: Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ model: string; id: string }>(
    `select model, id from attribution_models where status = 'published'`,
  );
  return new Map(rows.map(({ model, id }) => [model, id]));
}

const covered =
  'include (campaign_id, product_id, order_id, line_no, quantity_e4, revenue_minor, profit_minor)';
const indexes = [
  `bench_raw_sale on credit_entries (model_version_id, currency, sale_time) ${covered}`,
  `bench_raw_posted on credit_entries (model_version_id, currency, posted_at) ${covered}`,
  `bench_raw_campaign on credit_entries (campaign_id, model_version_id, currency, sale_time)
     include (product_id, order_id, line_no, quantity_e4, revenue_minor, profit_minor)`,
  `bench_raw_campaign_posted on credit_entries (campaign_id, model_version_id, currency, posted_at)
     include (product_id, order_id, line_no, sale_time, quantity_e4, revenue_minor, profit_minor)`,
];

async function buildIndexes(pool: Pool): Promise<void> {
  await dropIndexes(pool);
  for (const index of indexes) await pool.query(`create index ${index}`);
  await pool.query('vacuum (analyze) credit_entries');
}

async function dropIndexes(pool: Pool): Promise<void> {
  for (const index of indexes) await pool.query(`drop index if exists ${index.split(' ')[0]}`);
}
