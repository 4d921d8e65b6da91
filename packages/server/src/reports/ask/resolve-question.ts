import { models } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../../rollups/index.ts';
import { type FieldFault, TouchstoneError } from '../../vocabulary/errors.ts';
import { currencyDecimals } from '../../vocabulary/money.ts';
import { nearest } from '../../vocabulary/nearest.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import type { Settings } from '../../vocabulary/settings.ts';
import { timeZoneNamed } from '../../vocabulary/time-zone.ts';
import type { ReportQuery } from './report-query.ts';
import { previousRange, resolveRange } from './resolve-range.ts';

/** A report's question with everything it left open filled in, and every name in it known to exist. */
export type ReportQuestion = Pick<
  ReportQuery,
  'basis' | 'platform' | 'status' | 'sort' | 'order' | 'limit'
> & {
  span: OpenSpan;
  /** The period to compare with, where that is asked for. */
  previous: { from: Date; to: Date } | undefined;
  time_zone: string;
  currency: string;
  model: { id: string; name: string; version: number; conserving: boolean };
  include_children: boolean;
  as_of: Date;
  /** Whose campaigns it is about: those of who asks. */
  seen_by: Actor['scope'];
};

/**
 * Fills in what a query left open and looks up what it names.
 *
 * @throws invalid with every fault at once: an unknown zone, currency or model, a range that ends before it starts
 */
export async function resolveQuestion(
  db: Database,
  query: ReportQuery,
  {
    settings,
    now,
    seen_by,
  }: { settings: Pick<Settings, 'timeZone' | 'currency'>; now: Date; seen_by: Actor['scope'] },
): Promise<ReportQuestion> {
  const faults: FieldFault[] = [];
  const time_zone = resolveZone(query.tz ?? settings.timeZone, faults);
  const currency = await resolveCurrency(db, query.currency ?? settings.currency, seen_by, faults);
  const model = await resolveModel(db, query.model, faults);
  const span = resolveRange(query.from, query.to, time_zone);
  if (endsBeforeStart(query, span)) {
    faults.push({ path: 'from', message: 'must not be after to; swap the two' });
  }
  const previous = query.compare === undefined ? undefined : previousRange(span, time_zone);
  if (query.compare !== undefined && previous === undefined) {
    faults.push({ path: 'compare', message: 'needs a range with both ends: give from and to' });
  }
  if (faults.length > 0 || model === undefined) throw refuse(faults);
  return {
    span,
    previous,
    time_zone,
    currency,
    model,
    basis: query.basis,
    platform: query.platform,
    status: query.status,
    include_children: query.include_children ?? false,
    sort: query.sort,
    order: query.order,
    limit: query.limit,
    as_of: now,
    seen_by,
  };
}

function endsBeforeStart({ from, to }: ReportQuery, span: OpenSpan): boolean {
  if (from !== undefined && to !== undefined && 'day' in from && 'day' in to) return from.day > to.day;
  if (span.from === null || span.to === null || to === undefined) return false;
  // The end of a day is no longer that day; an instant as the end may be the start too.
  return 'day' in to ? span.from >= span.to : span.from > span.to;
}

function refuse(faults: FieldFault[]): TouchstoneError {
  const [first] = faults;
  const summary =
    faults.length === 1 ? `${first?.path} ${first?.message}.` : `${faults.length} faults, see fields.`;
  return new TouchstoneError('invalid', `The report cannot be made: ${summary}`, faults);
}

function resolveZone(name: string, faults: FieldFault[]): string {
  const zone = timeZoneNamed(name);
  if (zone !== undefined) return zone;
  const meant = nearest(name, Intl.supportedValuesOf('timeZone'));
  faults.push({
    path: 'tz',
    message: `must be a time zone of the IANA database, such as Europe/Berlin, America/New_York, Asia/Kolkata or UTC${
      meant === undefined ? '' : `; did you mean ${meant}?`
    }`,
  });
  return 'UTC';
}

async function resolveCurrency(
  db: Database,
  code: string,
  seen_by: Actor['scope'],
  faults: FieldFault[],
): Promise<string> {
  const currency = code.toUpperCase();
  if (currencyDecimals(currency) === undefined) {
    // In which currencies the shop sells is told to who sees all of the shop.
    const known = seen_by.kind === 'all' ? await knownCurrencies(db) : undefined;
    const there =
      known === undefined ? '' : `; there are sales or spend in ${known.join(', ') || 'none yet'}`;
    faults.push({ path: 'currency', message: `must be an ISO 4217 currency code${there}` });
  }
  return currency;
}

/** The currencies in which anything was credited or spent, ever. */
async function knownCurrencies(db: Database): Promise<string[]> {
  const credited = db.selectFrom('credit_rollups').select('currency').where('grain', '=', 'day');
  const spent = db.selectFrom('campaign_spend').select('currency');
  const rows = await credited.union(spent).execute();
  return rows.map(({ currency }) => currency).sort();
}

const defaultModel = 'product_split';

async function resolveModel(
  db: Database,
  asked: ReportQuery['model'],
  faults: FieldFault[],
): Promise<ReportQuestion['model'] | undefined> {
  const published = await db
    .selectFrom('attribution_models')
    .select(['id', 'model', 'version'])
    .where('status', '=', 'published')
    .orderBy('model')
    .execute();
  const isNamed = typeof asked === 'string';
  const name = isNamed ? asked : (asked?.preferred ?? defaultModel);
  const named = (wanted: string) => published.find(({ model }) => model === wanted);
  const found = named(name) ?? (isNamed ? undefined : (named(defaultModel) ?? published[0]));
  if (found === undefined) {
    const names = published.map(({ model }) => model);
    faults.push({
      path: 'model',
      message: (await isBeingFilled(db, name))
        ? `${name} is still being filled from past orders and can be asked once that is done; until then there ${listOf(names)}`
        : `must be a model that is kept here; there ${listOf(names)}`,
    });
    return undefined;
  }
  const { id, model, version } = found;
  return { id, name: model, version, conserving: models.get(model)!.conserving };
}

function listOf(names: string[]): string {
  return names.length === 0 ? 'are none yet' : `${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
}

async function isBeingFilled(db: Database, model: string): Promise<boolean> {
  const filling = await db
    .selectFrom('attribution_models')
    .select('id')
    .where('status', '=', 'filling')
    .where('model', '=', model)
    .executeTakeFirst();
  return filling !== undefined;
}
