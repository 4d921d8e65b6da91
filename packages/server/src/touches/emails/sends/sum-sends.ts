import { countNames, countSend, type SendCounts } from './count-send.ts';
import type { FoldedSend } from './fold-send.ts';
import type { SendRow } from './send-row.ts';

/** Stands for recipients that are no partner's. */
export const noPartner = '00000000-0000-0000-0000-000000000000';

const grainMs = { day: 86_400_000, quarter: 900_000 } as const;
type Grain = keyof typeof grainMs;

/** Signed sums of sends by key; a key sorts as the rows are locked. */
export type SendSums = Map<string, { key: SendSumKey; counts: SendCounts }>;
type SendSumKey = { email_campaign_id: string; grain: Grain; bucket: string; partner_id: string };

/** Adds a send to the sums of the UTC day and of the quarter hour that it was sent in, or takes it away. */
export function sumSend(sums: SendSums, send: SendRow, times: 1 | -1): void {
  const counted = countSend(send as FoldedSend);
  for (const grain of ['day', 'quarter'] as const) {
    const { email_campaign_id } = send;
    const bucket = bucketOf(send.sent_at, grain);
    const key = { email_campaign_id, grain, bucket, partner_id: send.partner_id ?? noPartner };
    const counts = sumAt(sums, key, countNames);
    for (const name of countNames) counts[name] += times * counted[name];
  }
}

/** The start of the UTC day or quarter hour that holds an instant. */
export function bucketOf(instant: Date, grain: Grain): string {
  return new Date(Math.floor(instant.getTime() / grainMs[grain]) * grainMs[grain]).toISOString();
}

/** The counts that a map keeps of a key, from nothing when it keeps none yet. */
export function sumAt<Key extends object, Name extends string>(
  sums: Map<string, { key: Key; counts: Record<Name, number> }>,
  key: Key,
  names: readonly Name[],
): Record<Name, number> {
  const text = Object.values(key).join(' ');
  const sum = sums.get(text) ?? {
    key,
    counts: Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>,
  };
  sums.set(text, sum);
  return sum.counts;
}
