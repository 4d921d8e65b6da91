import type { Database } from '../../../database/index.ts';
import type { Clock } from '../../../vocabulary/clock.ts';
import { recordEvents } from '../events/record-events.ts';
import { type MailToken, openToken, readMailSecret } from './mail-token.ts';

const kinds = { open: 'opened', click: 'clicked', unsubscribe: 'unsubscribed' } as const;

/** What a link in a mail says; undefined for one that is none of ours. Records nothing. */
export async function readMailLink(
  db: Database,
  text: string,
  purpose: MailToken['purpose'],
): Promise<MailToken | undefined> {
  return openToken(await readMailSecret(db), text, purpose);
}

/**
 * Records that a link in a mail was followed: by the recipient, a scanner or a proxy, which is told apart with the rest
 * of the send.
 */
export async function followMailLink(
  { db, clock }: { db: Database; clock: Clock },
  { purpose, email_campaign_id, recipient_hash, url }: MailToken,
  userAgent: string | undefined,
): Promise<void> {
  const event = {
    kind: kinds[purpose],
    occurred_at: clock.now(),
    recipient_hash,
    email_campaign: email_campaign_id,
    provider: 'link',
    url: url?.slice(0, 4000),
    user_agent: userAgent?.slice(0, 2000),
  };
  await recordEvents(db, [event], { clock });
}
