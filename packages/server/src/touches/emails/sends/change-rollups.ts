import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { countNames, countSend, type SendCounts } from './count-send.ts';
import type { FoldedSend } from './fold-send.ts';
import type { SendRow } from './send-row.ts';

/** Stands for recipients that are no partner's. */
export const noPartner = '00000000-0000-0000-0000-000000000000';

const quarterMs = 900_000;

/** A send before and after a change; without a before it is new. */
export type SendChange = { before: SendRow | undefined; after: SendRow };

/**
 * Adds to the sums of mailings what a change of sends makes of them, in the order of their keys, so that two
 * transactions that meet wait for each other in one direction.
 */
export async function changeRollups(tx: Database, changes: SendChange[]): Promise<void> {
  const sums = new Map<string, Sum>();
  for (const { before, after } of changes) {
    if (before !== undefined) add(sums, before, -1);
    add(sums, after, 1);
  }
  const moved = [...sums.values()].filter(({ counts }) => countNames.some((name) => counts[name] !== 0));
  if (moved.length === 0) return;
  const sorted = moved.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const sent = JSON.stringify(sorted.map(({ counts, ...key }) => ({ ...key, ...counts })));
  const names = sql.raw(countNames.join(', '));
  await sql`
    insert into email_rollups (email_campaign_id, partner_id, bucket, ${names})
    select email_campaign_id, partner_id, bucket, ${names}
      from json_to_recordset(${sent}::json) as sent (
        email_campaign_id uuid, partner_id uuid, bucket timestamptz, ${sql.raw(
          countNames.map((name) => `${name} bigint`).join(', '),
        )})
    on conflict (email_campaign_id, partner_id, bucket) do update set ${sql.raw(
      countNames.map((name) => `${name} = email_rollups.${name} + excluded.${name}`).join(', '),
    )}`.execute(tx);
}

type Sum = { email_campaign_id: string; partner_id: string; bucket: string; counts: SendCounts };

function add(sums: Map<string, Sum>, send: SendRow, times: 1 | -1): void {
  const { email_campaign_id, partner_id, sent_at } = send;
  const bucket = new Date(Math.floor(sent_at.getTime() / quarterMs) * quarterMs).toISOString();
  const counted = countSend(send as FoldedSend);
  const empty = { email_campaign_id, partner_id: partner_id ?? noPartner, bucket };
  const sum = sums.get(keyOf(empty)) ?? { ...empty, counts: noCounts() };
  for (const name of countNames) sum.counts[name] += times * counted[name];
  sums.set(keyOf(empty), sum);
}

function keyOf({ email_campaign_id, partner_id, bucket }: Omit<Sum, 'counts'>): string {
  return `${email_campaign_id} ${partner_id} ${bucket}`;
}

function noCounts(): SendCounts {
  return Object.fromEntries(countNames.map((name) => [name, 0])) as SendCounts;
}
