import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** The campaign that a CRM's sale claims: known when it was recorded, else by the word it was told by. */
export type SaleClaim = { campaign_id: string | null; reported_campaign: string | null };

/**
 * What CRMs claim of orders by their sales, the first sale of an order first; withdrawn ones claim nothing.
 *
 * @returns the claims by order; none for an order that no sale claims for a campaign
 */
export async function readClaims(db: Database, orderIds: string[]): Promise<Map<string, SaleClaim[]>> {
  const { rows } = await sql<SaleClaim & { order_id: string }>`
    select order_id, campaign_id, reported_campaign
      from conversions
     where order_id = any(${orderIds}::uuid[]) and kind = 'sale' and not withdrawn
       and (campaign_id is not null or reported_campaign is not null)
     order by order_id, converted_at, id`.execute(db);
  const claims = new Map<string, SaleClaim[]>();
  for (const { order_id, ...claim } of rows) claims.set(order_id, [...(claims.get(order_id) ?? []), claim]);
  return claims;
}
