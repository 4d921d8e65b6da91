import type { Database } from '../../database/index.ts';
import { findWrongSends, findWrongSums } from '../../touches/index.ts';
import type { DifferenceList } from './difference.ts';

/** Compares every send with what its events make of it, and the sums of mailings with their sends. */
export async function verifyEmails(db: Database, found: DifferenceList): Promise<void> {
  for await (const { send_id, fields } of findWrongSends(db)) {
    const message = `${fields.join(', ')} of the send ${fields.length === 1 ? 'is' : 'are'} not what its events say`;
    found.add({ kind: 'send', send_id, message });
  }
  for (const { bucket, ...sum } of await findWrongSums(db)) {
    found.add({ kind: 'mailing', ...sum, bucket: bucket.toISOString() });
  }
}
