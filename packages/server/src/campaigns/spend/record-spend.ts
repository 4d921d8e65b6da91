import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { writeAudit } from '../../people/index.ts';
import { invalid, notFound } from '../../vocabulary/errors.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import { mintId } from '../../vocabulary/ids.ts';
import { type SpendRow, spendJson } from './spend-entry.ts';

/** What a campaign cost on a day, as told. */
export type SpendEntry = {
  campaign_id: string;
  /** The calendar date of whoever was paid, `2026-03-01`. */
  day: string;
  amount_minor: bigint;
  currency: string;
  /** Who says so: `manual` by hand, else the ad platform or import. */
  source: string;
  note?: string | null;
  /** The amount is the whole of what (campaign, day, source, currency) cost; true unless entered by hand. */
  replace?: boolean;
};

export type RecordedSpend = {
  outcome: 'recorded' | 'corrected' | 'unchanged';
  /** What was written; when nothing was, the entry that says the same already. */
  entry: SpendRow;
};

/**
 * Records spend, thousands of entries at once, in the transaction of the caller. Entries by hand add up; one that
 * replaces is written as the difference to what (campaign, day, source, currency) holds, so that importing a day
 * again corrects it and changes nothing when it says the same. Rows are never changed.
 *
 * @returns what became of each entry, in their order
 * @throws not_found for an unknown campaign
 * @throws invalid, at `items.<n>.day`, for a second entry that would replace the first of the same call
 */
export async function recordSpend(
  tx: Database,
  entries: SpendEntry[],
  { actor, at }: { actor: string; at: Date },
): Promise<RecordedSpend[]> {
  refuseDoubles(entries);
  await lockCampaigns(tx, entries);
  const held = await readHeld(tx, entries.filter(replaces));
  const results = entries.map((entry): RecordedSpend => {
    const before = replaces(entry) ? held.get(keyOf(entry)) : undefined;
    const difference = entry.amount_minor - (before?.total ?? 0n);
    if (before !== undefined && difference === 0n) return { outcome: 'unchanged', entry: before.latest };
    const { replace: _, note = null, ...told } = entry;
    const kind = before === undefined ? 'entry' : 'correction';
    const row = {
      ...told,
      id: mintId(at),
      amount_minor: difference,
      kind,
      note,
      created_by: actor,
      created_at: at,
    };
    return { outcome: kind === 'entry' ? 'recorded' : 'corrected', entry: row as SpendRow };
  });
  const written = results.filter(({ outcome }) => outcome !== 'unchanged').map(({ entry }) => entry);
  await insertSpend(tx, written);
  await writeAudit(
    tx,
    [...groupBy(written, ({ campaign_id }) => campaign_id)].map(([subject_id, rows]) => ({
      actor,
      action: 'campaign.spend',
      subject_kind: 'campaign',
      subject_id,
      after: { entries: rows.map(spendJson) },
      at,
    })),
  );
  return results;
}

function replaces({ replace, source }: SpendEntry): boolean {
  return replace ?? source !== 'manual';
}

function keyOf({
  campaign_id,
  day,
  source,
  currency,
}: Pick<SpendRow, 'campaign_id' | 'day' | 'source' | 'currency'>) {
  return JSON.stringify([campaign_id, day, source, currency]);
}

// Whichever came last would win and the other's money be lost, without anybody having meant it.
function refuseDoubles(entries: SpendEntry[]): void {
  const seen = new Map<string, number>();
  for (const [place, entry] of entries.entries()) {
    if (!replaces(entry)) continue;
    const first = seen.get(keyOf(entry));
    if (first !== undefined) {
      throw invalid(
        `items.${place}.day`,
        `is the same campaign, day, source and currency as items.${first}, which it would replace; add the two up`,
      );
    }
    seen.set(keyOf(entry), place);
  }
}

// Two imports of the same day take turns, in order of id so that they never wait for each other.
async function lockCampaigns(tx: Database, entries: SpendEntry[]): Promise<void> {
  const ids = [...new Set(entries.map(({ campaign_id }) => campaign_id))].sort();
  const locked = await tx
    .selectFrom('campaigns')
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const known = new Set(locked.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw notFound('campaign', missing);
}

async function readHeld(
  tx: Database,
  entries: SpendEntry[],
): Promise<Map<string, { total: bigint; latest: SpendRow }>> {
  if (entries.length === 0) return new Map();
  const { rows } = await sql<SpendRow>`
    select spend.*
    from unnest(
      ${entries.map(({ campaign_id }) => campaign_id)}::uuid[],
      ${entries.map(({ day }) => day)}::date[],
      ${entries.map(({ source }) => source)}::text[],
      ${entries.map(({ currency }) => currency)}::text[]
    ) as told (campaign_id, day, source, currency)
    join campaign_spend as spend using (campaign_id, day, source, currency)
    order by spend.created_at, spend.id`.execute(tx);
  const groups = groupBy(rows, keyOf);
  return new Map(
    [...groups].map(([key, held]) => [
      key,
      { total: held.reduce((sum, { amount_minor }) => sum + amount_minor, 0n), latest: held.at(-1)! },
    ]),
  );
}

// 10 parameters a row; PostgreSQL takes 65,535 in one statement.
const mostRows = 5_000;

async function insertSpend(tx: Database, rows: SpendRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += mostRows) {
    await tx
      .insertInto('campaign_spend')
      .values(rows.slice(start, start + mostRows))
      .execute();
  }
}
