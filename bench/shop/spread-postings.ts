import type { Pool } from 'pg';

/**
 * Dates each posting at its sale, as in a shop that was there all year: a backfill posts a whole year at one moment, and
 * reports of what was booked would be about that moment. The ledger comes to lie in the order of its postings, and its
 * rollups as booked are those by sale. Does nothing where it has been done.
 */
export async function spreadPostings(pool: Pool): Promise<void> {
  const { rows } = await pool.query('select from credit_entries where posted_at <> sale_time limit 1');
  if (rows.length === 0) return;
  await pool.query('alter table credit_entries disable trigger credit_entries_append_only');
  await pool.query('update credit_entries set posted_at = sale_time');
  await pool.query('alter table credit_entries enable trigger credit_entries_append_only');
  await pool.query('cluster credit_entries using credit_entries_by_sale');
  await pool.query(`delete from credit_rollups where basis = 'posted'`);
  await pool.query(`
    insert into credit_rollups
      (model_version_id, basis, grain, subject_kind, subject, currency, bucket, units_e4, revenue_minor, profit_minor,
       known_cost_revenue_minor, orders, lines, order_share_e9)
    select model_version_id, 'posted', grain, subject_kind, subject, currency, bucket, units_e4, revenue_minor,
           profit_minor, known_cost_revenue_minor, orders, lines, 0
      from credit_rollups
     where basis = 'sale' and subject_kind not in ('creditable', 'matched')`);
  await pool.query('vacuum (analyze)');
}
