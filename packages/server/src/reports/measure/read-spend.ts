import { sumSpend } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { spansOf } from './spans-of.ts';
import { daysOf } from './spend-days.ts';

/** What campaigns cost in a span; one that cost nothing is absent. */
export type Spend = Map<string, Minor>;

/** What these campaigns cost, or all of them, in the range of a question and in the one it is compared with. */
export async function readSpend(
  db: Database,
  question: ReportQuestion,
  campaign_ids?: string[],
): Promise<Spend[]> {
  const { time_zone, currency } = question;
  const spends: Spend[] = [];
  for (const span of spansOf(question)) {
    spends.push(await sumSpend(db, 'campaign_id', { ...daysOf(span, time_zone), currency, campaign_ids }));
  }
  return spends;
}

/** What these cost together; all of them when no ids are given. */
export function totalSpend(spend: Spend, campaignIds: Iterable<string> = spend.keys()): Minor {
  let total = 0n;
  for (const id of campaignIds) total += spend.get(id) ?? 0n;
  return total;
}
