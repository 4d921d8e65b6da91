import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { conflict } from '../vocabulary/errors.ts';

/** A tracking code as it is compared: upper and lower case are the same. */
export const lowerTrackingCode = sql<string>`lower(tracking_code)`;

/**
 * Refuses a tracking code that another campaign has.
 * @throws conflict at `tracking_code`
 */
export async function refuseTakenCode(db: Database, code: string, campaignId?: string): Promise<void> {
  const holder = await db
    .selectFrom('campaigns')
    .select(['id', 'name'])
    .where(lowerTrackingCode, '=', code.toLowerCase())
    .executeTakeFirst();
  if (holder !== undefined && holder.id !== campaignId)
    throw takenCode(code, `the campaign "${holder.name}"`);
}

export function takenCode(code: string, holder = 'another campaign') {
  return conflict(`The tracking code ${code} is taken.`, [
    {
      path: 'tracking_code',
      message: `belongs to ${holder} (upper and lower case are the same); choose another, or create the campaign without one to have it made`,
    },
  ]);
}
