import { sql } from 'kysely';
import { type Database, inTransaction } from '../../../database/index.ts';
import { refoldSends } from '../sends/refold-sends.ts';
import { lockSends } from '../sends/send-row.ts';

/**
 * Gives waiting events the sends that their messages turned out to be. Looked up after both have committed: whichever
 * came second leaves a job that calls this, so that neither order loses an event. Safe to repeat.
 */
export async function claimEvents(db: Database, messageIds: string[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows: sends } = await sql<{ recipient_hash: Buffer; id: string }>`
      select send.recipient_hash, send.id
        from email_events event
        join email_sends send on send.message_id = event.message_id and send.recipient_hash = event.recipient_hash
       where event.message_id = any(${messageIds}::text[]) and event.send_id is null
       group by send.recipient_hash, send.id`.execute(tx);
    const held = await lockSends(tx, sends);
    const { rows: claimed } = await sql<{ send_id: string }>`
      update email_events event set send_id = send.id
        from email_sends send
       where event.message_id = any(${messageIds}::text[]) and event.send_id is null
         and send.message_id = event.message_id and send.recipient_hash = event.recipient_hash
         and send.id = any(${[...held.keys()]}::uuid[])
      returning event.send_id`.execute(tx);
    const reached = new Set(claimed.map(({ send_id }) => send_id));
    await refoldSends(
      tx,
      [...reached].map((id) => ({ before: held.get(id)!, told: held.get(id)! })),
    );
  });
}
