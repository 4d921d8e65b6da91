import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { partnerKinds } from './partner-fields.ts';

export type PartnerKind = (typeof partnerKinds)[number];

/** What names are compared by, wherever they were written. */
export function nameKeyOf(name: string): string {
  return name.trim().toLowerCase();
}

/**
 * Finds partners of a kind by what they are called: our id, their name or one of their aliases, whatever the case.
 *
 * @returns the id of each word's partner, undefined where there is none
 */
export async function resolvePartners(
  db: Database,
  kind: PartnerKind,
  words: string[],
): Promise<(string | undefined)[]> {
  if (words.length === 0) return [];
  const keys = [...new Set(words.map(nameKeyOf))];
  const { rows } = await sql<{ key: string; id: string }>`
    select name_key as key, partner_id as id from partner_names
     where kind = ${kind} and name_key = any(${keys}::text[])`.execute(db);
  const found = new Map(rows.map(({ key, id }) => [key, id]));
  return words.map((word) => found.get(nameKeyOf(word)));
}
