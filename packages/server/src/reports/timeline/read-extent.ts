import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { dayAfter, dayOf, startOfDay } from '../../vocabulary/day.ts';
import {
  addDays,
  addMonths,
  floorDay,
  type Interval,
  type IntervalUnit,
} from '../../vocabulary/time-zone.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { Scope } from '../measure/scope.ts';

/**
 * The span of whole intervals that holds all credit and spend of a scope and reaches to now; undefined when there is
 * none.
 *
 * @param others instants of other facts that it shall hold too
 */
export async function readExtent(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  unit: IntervalUnit,
  others: (Date | null)[] = [],
): Promise<Interval | undefined> {
  const { time_zone } = question;
  const credit = await creditExtent(db, question, scope);
  const spend = await spendExtent(db, question, scope);
  const days = [credit.first, credit.last, ...others].flatMap((instant) =>
    instant === null ? [] : dayOf(instant, time_zone),
  );
  const known = [...days, ...[spend.first, spend.last].filter((day) => day !== null)].sort();
  const [first] = known;
  if (first === undefined) return undefined;
  const last = [known.at(-1)!, dayOf(question.as_of, time_zone)].sort().at(-1)!;
  return {
    from: startOfDay(floorDay(first, unit), time_zone),
    to: startOfDay(nextStart(floorDay(last, unit), unit), time_zone),
  };
}

function nextStart(day: string, unit: IntervalUnit): string {
  if (unit === 'month') return addMonths(day, 1);
  return unit === 'week' ? addDays(day, 7) : dayAfter(day);
}

/** Two look-ups along the index per subject. */
async function creditExtent(
  db: Database,
  { model, basis, currency }: ReportQuestion,
  { kind, subjects }: Scope,
): Promise<{ first: Date | null; last: Date | null }> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(extent.first) as first, max(extent.last) as last
      from unnest(${subjects}::text[]) as asked (subject), lateral (
        select min(bucket) as first, max(bucket) as last
          from credit_rollups
         where model_version_id = ${model.id} and basis = ${basis} and grain = 'quarter' and subject_kind = ${kind}
           and currency = ${currency} and subject = asked.subject
      ) extent`.execute(db);
  return rows[0]!;
}

async function spendExtent(
  db: Database,
  { currency }: ReportQuestion,
  { campaign_ids }: Scope,
): Promise<{ first: string | null; last: string | null }> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(day) as first, max(day) as last
      from campaign_spend
     where currency = ${currency}
       and ${campaign_ids === undefined ? sql`true` : sql`campaign_id = any(${campaign_ids}::uuid[])`}`.execute(
    db,
  );
  return rows[0]!;
}
