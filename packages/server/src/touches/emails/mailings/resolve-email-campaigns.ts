import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { isId } from '../../../vocabulary/ids.ts';

/**
 * Finds email campaigns by our id or the id that the sending system gave them.
 *
 * @returns the id of each word's email campaign, undefined where there is none
 */
export async function resolveEmailCampaigns(db: Database, words: string[]): Promise<Map<string, string>> {
  if (words.length === 0) return new Map();
  const asked = [...new Set(words)];
  const { rows } = await sql<{ word: string; id: string }>`
    select external_id as word, id from email_campaigns where external_id = any(${asked}::text[])
    union all
    select id::text, id from email_campaigns where id = any(${asked.filter(isId)}::uuid[])`.execute(db);
  const found = new Map(rows.map(({ word, id }) => [word, id]));
  return new Map(
    asked.flatMap((word) => {
      const id = found.get(word) ?? found.get(word.toLowerCase());
      return id === undefined ? [] : [[word, id] as const];
    }),
  );
}
