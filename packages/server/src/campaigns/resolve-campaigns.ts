import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { isId } from '../vocabulary/ids.ts';
import type { CampaignRow } from './campaign.ts';

/** A campaign as other rooms name it. */
export type NamedCampaign = Pick<CampaignRow, 'id' | 'name' | 'tracking_code' | 'currency'>;

/** The campaign that was meant, or why none can be told. */
export type ResolvedCampaign = { campaign: NamedCampaign } | { fault: string };

/**
 * Finds campaigns by what people and ad platforms call them: our id, the tracking code (whatever its case), the id at
 * the ad platform (`metadata.external_id`), or the name, in this order. A word that could mean several campaigns
 * means none.
 *
 * @returns an answer per word, in their order; a fault follows the name of the field it was given in
 */
export async function resolveCampaigns(db: Database, words: string[]): Promise<ResolvedCampaign[]> {
  if (words.length === 0) return [];
  const asked = [...new Set(words)];
  const externalId = sql<string | null>`metadata ->> 'external_id'`;
  const campaigns = await db
    .selectFrom('campaigns')
    .select(['id', 'name', 'tracking_code', 'currency', externalId.as('external_id')])
    .where('channel', 'is', null)
    .where((each) =>
      each.or([
        each('id', '=', sql<string>`any(${asked.filter(isId)}::uuid[])`),
        each(sql`lower(tracking_code)`, '=', sql`any(${asked.map((word) => word.toLowerCase())}::text[])`),
        each(externalId, '=', sql<string>`any(${asked}::text[])`),
        each('name', '=', sql<string>`any(${asked}::text[])`),
      ]),
    )
    .orderBy('id')
    .execute();
  const ways = [
    { of: groupBy(campaigns, ({ id }) => id), read: (word: string) => word.toLowerCase() },
    {
      of: groupBy(campaigns, ({ tracking_code }) => tracking_code.toLowerCase()),
      read: (word: string) => word.toLowerCase(),
    },
    { of: groupBy(campaigns, ({ external_id }) => external_id), read: (word: string) => word },
    { of: groupBy(campaigns, ({ name }) => name), read: (word: string) => word },
  ];
  return words.map((word) => {
    const found = ways.map(({ of, read }) => of.get(read(word)) ?? []).find(({ length }) => length > 0) ?? [];
    return answer(word, found);
  });
}

function answer(word: string, found: (NamedCampaign & { external_id: string | null })[]): ResolvedCampaign {
  const [first] = found;
  if (first === undefined) {
    return {
      fault: `names no campaign: ${word} is no id, tracking code, metadata.external_id or name of one`,
    };
  }
  if (found.length > 1) {
    const codes = found.map(({ tracking_code }) => tracking_code).join(', ');
    return { fault: `could mean ${found.length} campaigns; use a tracking code: ${codes}` };
  }
  const { external_id: _, ...campaign } = first;
  return { campaign };
}
