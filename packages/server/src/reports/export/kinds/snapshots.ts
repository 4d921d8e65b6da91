import { sql } from 'kysely';
import { models } from '../../../attribution/index.ts';
import type { Database } from '../../../database/index.ts';
import { isNothing, type Measures, readMeasures } from '../../../rollups/index.ts';
import { countVisitsByCampaign } from '../../../touches/index.ts';
import { dayOf, startOfDay } from '../../../vocabulary/day.ts';
import { formatMoney } from '../../../vocabulary/money.ts';
import { formatQuantity } from '../../../vocabulary/quantity.ts';
import { addDays, type Interval, intervalsOf, zonedIsoFormat } from '../../../vocabulary/time-zone.ts';
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
    const days = { from: startOfDay(firstDay, timeZone), to: startOfDay(nextDay, timeZone) };
    const intervals = intervalsOf(days, grain, timeZone);
    const rows = await readRows(db, model, partsOf(intervals, span), zonedIsoFormat(timeZone));
    return { rows, last: days.to < bounds.to ? [nextDay] : undefined };
  },
});

/** What of an hour or a day lies in the span; `start` is where all of it begins. */
type Part = Interval & { start: Date };

function partsOf(intervals: Interval[], span: ExportSpan): Part[] {
  return intervals
    .map(({ from, to }) => ({
      start: from,
      from: span.from === null ? from : later(from, span.from),
      to: span.to === null ? to : earlier(to, span.to),
    }))
    .filter(({ from, to }) => from < to);
}

type Model = { id: string; name: string; conserving: boolean };

/** `last_touch`, or the first of those that are kept. */
async function readModel(db: Database): Promise<Model> {
  const { id, model } = await db
    .selectFrom('attribution_models')
    .select(['id', 'model'])
    .where('status', '=', 'published')
    .orderBy(sql`model <> 'last_touch'`)
    .orderBy('model')
    .executeTakeFirstOrThrow();
  return { id, name: model, conserving: models.get(model)!.conserving };
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

async function readRows(
  db: Database,
  model: Model,
  parts: Part[],
  format: (instant: Date) => string,
): Promise<ExportRow[]> {
  const campaigns = await readNames(db);
  const visited = new Map(
    (await countVisitsByCampaign(db, parts)).map((row) => [`${row.place}|${row.campaign_id}`, row]),
  );
  const currencies = [...new Set([...campaigns.values()].map(({ currency }) => currency))];
  const credited = new Map<string, Map<string, Measures>[]>();
  for (const currency of currencies) {
    const question = { model, currency, basis: 'sale' as const, kind: 'campaign' as const };
    credited.set(currency, await readMeasures(db, question, parts));
  }
  return parts.flatMap(({ start }, place) =>
    [...campaigns.values()].flatMap(({ id, name, tracking_code, currency }) => {
      const visit = visited.get(`${place}|${id}`);
      const credit = credited.get(currency)![place]!.get(id);
      // Credit that was taken back leaves a sum of nothing.
      if (visit === undefined && (credit === undefined || isNothing(credit))) return [];
      return {
        ...{ start: format(start), campaign_id: id, campaign: tracking_code, campaign_name: name },
        visits: Number(visit?.visits ?? 0n),
        unique_visitors: Number(visit?.unique_visitors ?? 0n),
        conversions: Number(credit?.orders ?? 0n),
        units: formatQuantity(credit?.units_e4 ?? 0n),
        revenue: formatMoney(credit?.revenue_minor ?? 0n, currency),
        ...{ currency, model: model.name },
      };
    }),
  );
}

async function readNames(db: Database) {
  const rows = await db
    .selectFrom('campaigns')
    .select(['id', 'name', 'tracking_code', 'currency'])
    .where('channel', 'is', null)
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
