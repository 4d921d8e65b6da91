import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { type Measures, noMeasures, readMeasures } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { lineCredits } from '../campaign/line-credits.ts';

const oneOrder = 1_000_000_000n;

/**
 * What several campaigns hold together that are no subject of the rollups, each order and line counted once: read from
 * the ledger. Order equivalents add up where credit does; FULL credit is one for an order.
 */
export async function measureTogether(
  db: Database,
  question: ReportQuestion,
  campaignIds: string[],
): Promise<Measures> {
  const { rows } = await sql<Omit<Measures, 'order_share_e9'>>`
    select coalesce(sum(units), 0)::bigint as units_e4, coalesce(sum(revenue), 0)::bigint as revenue_minor,
           coalesce(sum(profit), 0)::bigint as profit_minor, coalesce(sum(known), 0)::bigint as known_cost_revenue_minor,
           coalesce(sum(weight) filter (where lines <> 0), 0)::bigint as orders,
           coalesce(sum(weight * lines), 0)::bigint as lines
      from (
        select weight, order_id, sum(weight * quantity_e4) as units, sum(weight * revenue_minor) as revenue,
               sum(weight * profit_minor) as profit, sum(weight * known_revenue_minor) as known,
               count(*) filter (where is_held) as lines
          from (${lineCredits(question, campaignIds)}) credit
         group by weight, order_id
      ) held`.execute(db);
  const sums = rows[0]!;
  if (!question.model.conserving) return { ...noMeasures(), ...sums, order_share_e9: sums.orders * oneOrder };
  const asked = { ...question, kind: 'campaign' as const, subjects: campaignIds };
  const [each] = await readMeasures(db, asked, [question.span]);
  const order_share_e9 = [...each!.values()].reduce((sum, measures) => sum + measures.order_share_e9, 0n);
  return { ...noMeasures(), ...sums, order_share_e9 };
}
