import type { sendCounts } from '../mailings/email-campaign-fields.ts';
import { type FoldedSend, isDelivered } from './fold-send.ts';

/** What a send adds to the counts of its mailing: 1 or 0 each. */
export type SendCounts = Record<keyof typeof sendCounts, number>;

export const countNames = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'machine_opened',
  'machine_clicked',
  'bounced',
  'failed',
  'complained',
  'unsubscribed',
] as const satisfies (keyof SendCounts)[];

/** Counts a send once in everything that became of it; as a machine's only what no person did. */
export function countSend(send: FoldedSend): SendCounts {
  const one = (is: boolean) => (is ? 1 : 0);
  return {
    sent: 1,
    delivered: one(isDelivered(send)),
    opened: one(send.opened_at !== null),
    clicked: one(send.clicked_at !== null),
    machine_opened: one(send.machine_opened_at !== null && send.opened_at === null),
    machine_clicked: one(send.machine_clicked_at !== null && send.clicked_at === null),
    bounced: one(send.status === 'bounced'),
    failed: one(send.status === 'failed'),
    complained: one(send.complained_at !== null),
    unsubscribed: one(send.unsubscribed_at !== null),
  };
}
