import { type RawBuilder, sql } from 'kysely';
import { otherCurrenciesSpent, seenCampaigns } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import { isNothing, readMeasures } from '../../rollups/index.ts';
import { toZonedIso } from '../../vocabulary/time-zone.ts';
import { daysOf } from '../measure/spend-days.ts';
import { pendingSettlements } from './pending-settlements.ts';
import type { ReportQuestion } from './resolve-question.ts';

/** What the figures of a report are about. Instants carry the offset of the report's zone; `to` is not included. */
export type ReportMeta = {
  range: { from: string | null; to: string | null };
  previous_range?: { from: string; to: string };
  tz: string;
  currency: string;
  model: string;
  model_version: number;
  basis: 'sale' | 'posted';
  as_of: string;
  /** Orders whose credit is still to be settled: the figures may move once it is. To who sees only their own, 0 or 1. */
  pending_settlements: number;
  /** Other currencies with credit or spend in the range; ask for them one at a time. */
  other_currencies: string[];
  /** Whether campaigns add up to the shop. */
  additive: boolean;
  note?: string;
};

export async function readMeta(db: Database, question: ReportQuestion): Promise<ReportMeta> {
  const { span, previous, time_zone, model } = question;
  const shown = (instant: Date) => toZonedIso(instant, time_zone);
  const around = await lookAround(db, question);
  const isWhole = question.seen_by.kind === 'all';
  return {
    range: { from: span.from && shown(span.from), to: span.to && shown(span.to) },
    ...(previous && { previous_range: { from: shown(previous.from), to: shown(previous.to) } }),
    tz: time_zone,
    currency: question.currency,
    model: model.name,
    model_version: model.version,
    basis: question.basis,
    as_of: shown(question.as_of),
    pending_settlements: isWhole ? around.pending : Math.min(around.pending, 1),
    other_currencies: await otherCurrencies(db, question, around),
    additive: model.conserving,
    ...(model.conserving ? {} : { note: reachNote }),
  };
}

const reachNote =
  'FULL credit shows reach and does not add up: every campaign that ran for a product is credited with the whole sale. A parent, a platform and the totals count each sale once.';

type Around = {
  pending: number;
  /** Other currencies spent in the range, and all that were ever credited. */
  spent: string[];
  credited: string[];
};

/** What there is beside what was asked for, in one statement. */
async function lookAround(db: Database, question: ReportQuestion): Promise<Around> {
  const days = daysOf(question.span, question.time_zone);
  const campaign_ids = await idsAmong(db, question);
  const spent = otherCurrenciesSpent({ ...days, campaign_ids, currency: question.currency });
  const { rows } = await sql<Around>`
    select (${pendingSettlements}) as pending, array(${spent}) as spent,
           array(${creditedCurrencies(question.model.id)}) as credited`.execute(db);
  return rows[0]!;
}

async function otherCurrencies(
  db: Database,
  question: ReportQuestion,
  { spent, credited }: Around,
): Promise<string[]> {
  const others = new Set(spent);
  const whole = question.seen_by.kind === 'all' ? ('shop' as const) : ('campaign' as const);
  for (const currency of credited) {
    if (currency === question.currency || others.has(currency)) continue;
    const asked = { ...question, currency, kind: whole, subjects: await idsAmong(db, question) };
    const [sums] = await readMeasures(db, asked, [question.span]);
    if ([...sums!.values()].some((measures) => !isNothing(measures))) others.add(currency);
  }
  return [...others].sort();
}

/** The campaigns of who sees only some; undefined for all. */
async function idsAmong(db: Database, { seen_by }: ReportQuestion): Promise<string[] | undefined> {
  if (seen_by.kind === 'all') return undefined;
  const rows = await seenCampaigns(db, seen_by).selectFrom('campaigns').select('id').execute();
  return rows.map(({ id }) => id);
}

/**
 * The currencies ever credited under a version: a jump along the index from each to the next, since there are few
 * and each has a row for every day of sales.
 */
function creditedCurrencies(modelVersionId: string): RawBuilder<string> {
  return sql`
    with recursive credited as (
      (select currency from credit_rollups
        where model_version_id = ${modelVersionId} and basis = 'sale' and grain = 'day' and subject_kind = 'shop'
        order by currency limit 1)
      union all
      (select next.currency
         from credited, lateral (
           select currency from credit_rollups
            where model_version_id = ${modelVersionId} and basis = 'sale' and grain = 'day' and subject_kind = 'shop'
              and currency > credited.currency
            order by currency limit 1) next)
    )
    select currency from credited`;
}
