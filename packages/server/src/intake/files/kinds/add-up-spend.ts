import { resolveCampaigns } from '../../../campaigns/index.ts';
import type { Database } from '../../../database/index.ts';
import { addUp, roundTo } from '../convert/read-number.ts';
import type { SourceRecord } from '../convert/source-record.ts';
import { type SpendRow, spendRow } from './spend-row.ts';

/**
 * Adds the rows of a day up: ad platforms split it by device, country, network, ad or hour, and recording one part after
 * the other would have each replace the one before. A day of which a row cannot be read is left out whole, since its sum
 * would be wrong. Sums are rounded once, at the end.
 *
 * Keeps a row per (campaign, day, source, currency) in memory: about 1 KB each, 73 MB for 200 campaigns in a year.
 *
 * @param places decimals of the sums, where the mapping rounds
 */
export async function* addUpSpend(
  db: Database,
  records: AsyncIterable<SourceRecord[]>,
  { places, size }: { places: number | undefined; size: number },
): AsyncGenerator<SourceRecord[]> {
  const days = new Map<string, Day>();
  for await (const batch of records) {
    const unusable = await addBatch(db, batch, days);
    if (unusable.length > 0) yield unusable;
  }
  const sums = [...days.values()];
  for (let start = 0; start < sums.length; start += size) {
    yield sums.slice(start, start + size).map((day) => asRecord(day, places));
  }
}

type Day = {
  first: SourceRecord;
  row: Omit<SpendRow, 'amount'> & { currency: string };
  sum: string;
  /** Where the row stands that cannot be read. */
  broken: string | undefined;
};

/** Returns the records that are no part of a day's sum: they are to be rejected. */
async function addBatch(
  db: Database,
  batch: SourceRecord[],
  days: Map<string, Day>,
): Promise<SourceRecord[]> {
  // A fault of the amount alone leaves it known which day is meant.
  const read = batch.map((record) => {
    const { amount: given } = record.input;
    const amount = typeof given === 'string' || typeof given === 'number' ? addUp([given]) : undefined;
    const row = spendRow.safeParse({ ...record.input, amount: amount ?? 0 });
    const isKnown = record.faults.every(({ path }) => path === 'amount');
    return { record, amount, row: row.success && isKnown ? row.data : undefined };
  });
  const named = read.flatMap(({ row }) => row?.campaign ?? []);
  const found = (await resolveCampaigns(db, named)).values();
  return read.flatMap(({ record, amount, row }) => {
    if (row === undefined) return [record];
    const meant = found.next().value!;
    if ('fault' in meant) {
      return [{ ...record, faults: [...record.faults, { path: 'campaign', message: meant.fault }] }];
    }
    const broken = record.faults.length > 0 || amount === undefined;
    addToDay(days, record, row, meant.campaign, broken ? undefined : amount);
    return broken ? [record] : [];
  });
}

function addToDay(
  days: Map<string, Day>,
  first: SourceRecord,
  { amount: _, ...row }: SpendRow,
  campaign: { id: string; currency: string },
  amount: string | undefined,
): void {
  const { row: at } = first.originOf('amount');
  const broken = amount === undefined ? `${at.file}:${at.line}` : undefined;
  const currency = row.currency ?? campaign.currency;
  const key = JSON.stringify([campaign.id, row.day, row.source, currency]);
  const day = days.get(key);
  if (day === undefined) {
    days.set(key, { first, row: { ...row, campaign: campaign.id, currency }, sum: amount ?? '0', broken });
  } else {
    day.sum = addUp([day.sum, amount ?? '0'])!;
    day.broken ??= broken;
  }
}

function asRecord({ first, row, sum, broken }: Day, places: number | undefined): SourceRecord {
  const input = { ...row, amount: places === undefined ? sum : roundTo(sum, places) };
  if (broken === undefined) return { ...first, input, faults: [] };
  const message = `is left out for the whole day, since ${broken} cannot be read; mend that row and import again`;
  return { ...first, input, faults: [{ path: 'amount', message }] };
}
