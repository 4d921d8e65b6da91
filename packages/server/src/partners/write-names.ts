import { type Database, isUniqueViolation } from '../database/index.ts';
import { conflict } from '../vocabulary/errors.ts';
import { nameKeyOf, type PartnerKind } from './resolve-partners.ts';

/** The place of a partner's id among its names, before the name itself. */
const placeOfId = -1;

/**
 * Writes what a partner is called, in place of what it was called before: our id, its name and, behind it, its aliases.
 *
 * @throws conflict when another partner of the kind is called so
 */
export async function writeNames(
  tx: Database,
  partner: { id: string; kind: PartnerKind; name: string },
  aliases: string[],
): Promise<void> {
  await tx.deleteFrom('partner_names').where('partner_id', '=', partner.id).execute();
  const byKey = new Map<string, string>();
  for (const name of [partner.name, ...aliases]) {
    if (!byKey.has(nameKeyOf(name))) byKey.set(nameKeyOf(name), name);
  }
  byKey.delete(partner.id);
  const of = { kind: partner.kind, partner_id: partner.id };
  const rows = [...byKey].map(([name_key, name], position) => ({ ...of, name_key, name, position }));
  rows.push({ ...of, name_key: partner.id, name: partner.id, position: placeOfId });
  try {
    await tx.insertInto('partner_names').values(rows).execute();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(
      `Another ${partner.kind} has this name or one of these aliases; names of a kind mean one partner each.`,
    );
  }
}
