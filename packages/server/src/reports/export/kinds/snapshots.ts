import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { countVisitsByCampaign } from '../../../touches/index.ts';
import { dayOf, startOfDay } from '../../../vocabulary/day.ts';
import { formatMoney, type Minor } from '../../../vocabulary/money.ts';
import { formatQuantity } from '../../../vocabulary/quantity.ts';
import { addDays, zonedIsoFormat } from '../../../vocabulary/time-zone.ts';
import type { Exporter, ExportRow, ExportSpan } from '../exporter.ts';

/** A page holds this many days: about as many rows either way. */
const daysAtOnce = { hour: 2, day: 31 };

/**
 * The figures of every campaign with visits or credit in an hour or a day of `timeZone`, in the campaign's own currency,
 * under the model that touch reports answer by. Hours add up to days; unique visitors are counted for each.
 */
export const snapshots = (grain: 'hour' | 'day', timeZone: string): Exporter => ({
  columns: [
    ...['start', 'campaign_id', 'campaign', 'campaign_name', 'visits', 'unique_visitors'],
    ...['conversions', 'units', 'revenue', 'currency', 'model'],
  ],
  amounts: ['revenue'],
  async read(db, span, after) {
    const model = await readModel(db);
    const bounds = await readBounds(db, model.id, span);
    if (bounds === undefined) return { rows: [], last: undefined };
    const firstDay = after === undefined ? dayOf(bounds.from, timeZone) : String(after[0]);
    const nextDay = addDays(firstDay, daysAtOnce[grain]);
    const from = later(startOfDay(firstDay, timeZone), bounds.from);
    const to = earlier(startOfDay(nextDay, timeZone), bounds.to);
    const rows = await readRows(db, { grain, timeZone, model, from, to });
    return { rows, last: to < bounds.to ? [nextDay] : undefined };
  },
});

type Model = { id: string; model: string };
type Asked = { grain: 'hour' | 'day'; timeZone: string; model: Model; from: Date; to: Date };

/** `last_touch`, or the first of those that are kept. */
async function readModel(db: Database): Promise<Model> {
  return await db
    .selectFrom('attribution_models')
    .select(['id', 'model'])
    .where('status', '=', 'published')
    .orderBy(sql`model <> 'last_touch'`)
    .orderBy('model')
    .executeTakeFirstOrThrow();
}

/** The part of the span in which there is anything; undefined where there is nothing. */
async function readBounds(
  db: Database,
  modelVersionId: string,
  { from, to }: ExportSpan,
): Promise<{ from: Date; to: Date } | undefined> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select least(visit.first, credit.first) as first, greatest(visit.last, credit.last) as last
      from (select min(clicked_at) as first, max(clicked_at) as last from clicks where counted) visit,
           (select min(bucket) as first, max(bucket) + interval '15 minutes' as last
              from credit_rollups
             where model_version_id = ${modelVersionId} and basis = 'sale' and grain = 'quarter'
               and subject_kind = 'shop') credit`.execute(db);
  const { first, last } = rows[0]!;
  if (first === null || last === null) return undefined;
  const end = new Date(last.getTime() + 1);
  const bounds = {
    from: from === null ? first : later(from, first),
    to: to === null ? end : earlier(to, end),
  };
  return bounds.from < bounds.to ? bounds : undefined;
}

type Credit = {
  campaign_id: string;
  start: Date;
  conversions: bigint;
  units_e4: bigint;
  revenue_minor: Minor;
};

async function readRows(db: Database, asked: Asked): Promise<ExportRow[]> {
  const { grain, timeZone, model, from, to } = asked;
  const visits = await countVisitsByCampaign(db, { unit: grain, timeZone, from, to });
  const credits = await readCredits(db, asked);
  const keyOf = (row: { campaign_id: string; start: Date }) =>
    `${row.start.toISOString()}|${row.campaign_id}`;
  const visited = new Map(visits.map((row) => [keyOf(row), row]));
  const credited = new Map(credits.map((row) => [keyOf(row), row]));
  const campaigns = await readNames(db);
  const format = zonedIsoFormat(timeZone);
  return [...new Set([...visited.keys(), ...credited.keys()])].sort().flatMap((key) => {
    const [visit, credit] = [visited.get(key), credited.get(key)];
    const { campaign_id, start } = (visit ?? credit)!;
    const campaign = campaigns.get(campaign_id);
    if (campaign === undefined) return [];
    const { currency } = campaign;
    return {
      ...{
        start: format(start),
        campaign_id,
        campaign: campaign.tracking_code,
        campaign_name: campaign.name,
      },
      visits: Number(visit?.visits ?? 0n),
      unique_visitors: Number(visit?.unique_visitors ?? 0n),
      conversions: Number(credit?.conversions ?? 0n),
      units: formatQuantity(credit?.units_e4 ?? 0n),
      revenue: formatMoney(credit?.revenue_minor ?? 0n, currency),
      ...{ currency, model: model.model },
    };
  });
}

async function readCredits(db: Database, { grain, timeZone, model, from, to }: Asked): Promise<Credit[]> {
  const { rows } = await sql<Credit>`
    select campaign.id as campaign_id, date_trunc(${grain}, r.bucket, ${timeZone}) as start,
           sum(r.orders)::bigint as conversions, sum(r.units_e4)::bigint as units_e4,
           sum(r.revenue_minor)::bigint as revenue_minor
      from credit_rollups r
      join campaigns campaign on campaign.id::text = r.subject and campaign.currency = r.currency
     where r.model_version_id = ${model.id} and r.basis = 'sale' and r.grain = 'quarter'
       and r.subject_kind = 'campaign' and r.bucket >= ${from} and r.bucket < ${to}
     group by campaign.id, 2`.execute(db);
  return rows;
}

async function readNames(db: Database) {
  const rows = await db
    .selectFrom('campaigns')
    .select(['id', 'name', 'tracking_code', 'currency'])
    .where('channel', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
