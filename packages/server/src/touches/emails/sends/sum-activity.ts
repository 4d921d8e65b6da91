import { countSend, type SendCounts } from './count-send.ts';
import type { FoldedSend } from './fold-send.ts';
import type { SendRow } from './send-row.ts';
import { bucketOf, sumAt } from './sum-sends.ts';

/** What is summed by the time at which it happened, for a course of time. */
export const activityNames = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'bounced',
  'unsubscribed',
] as const satisfies (keyof SendCounts)[];
export type ActivityName = (typeof activityNames)[number];

/** Signed sums of what happened by key; a key sorts as the rows are locked. */
export type ActivitySums = Map<
  string,
  { key: { email_campaign_id: string; bucket: string }; counts: Record<ActivityName, number> }
>;

/** Adds what became of a send to the quarter hours in which it first did, or takes it away. */
export function sumActivity(sums: ActivitySums, send: SendRow, times: 1 | -1): void {
  const counted = countSend(send as FoldedSend);
  for (const name of activityNames) {
    const happenedAt = send[`${name}_at`];
    if (counted[name] === 0 || happenedAt === null) continue;
    const key = { email_campaign_id: send.email_campaign_id, bucket: bucketOf(happenedAt, 'quarter') };
    sumAt(sums, key, activityNames)[name] += times;
  }
}
