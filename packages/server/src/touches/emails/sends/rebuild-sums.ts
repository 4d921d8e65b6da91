import { sql } from 'kysely';
import { type Database, inTransaction } from '../../../database/index.ts';
import { countNames } from './count-send.ts';
import { expectedActivity, expectedRollups } from './expected-sums.ts';
import { activityNames } from './sum-activity.ts';

/** Throws the sums of mailings away and counts them anew. Writers wait until it is done. */
export async function rebuildSums(db: Database): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`lock table email_rollups, email_activity in exclusive mode`.execute(tx);
    await sql`delete from email_rollups`.execute(tx);
    await sql`delete from email_activity`.execute(tx);
    const names = (columns: readonly string[]) => sql.raw(columns.join(', '));
    await sql`
      insert into email_rollups (email_campaign_id, grain, bucket, partner_id, ${names(countNames)})
      ${expectedRollups}`.execute(tx);
    await sql`
      insert into email_activity (email_campaign_id, bucket, ${names(activityNames)})
      ${expectedActivity}`.execute(tx);
  });
}
