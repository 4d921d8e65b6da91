import { inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { PartnerChange, PartnerData } from './partner-fields.ts';
import { readPartner } from './read-partners.ts';
import { writeNames } from './write-names.ts';

/**
 * Changes the fields that are given; aliases that are given replace those held.
 *
 * @throws not_found
 * @throws conflict when another partner of the kind is called so
 */
export async function updatePartner(
  { db, clock, actor }: Pick<RouteContext, 'db' | 'clock' | 'actor'>,
  id: string,
  change: PartnerChange,
): Promise<PartnerData> {
  return inTransaction(db, async (tx) => {
    await tx.selectFrom('partners').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    const held = await readPartner({ db: tx, actor }, id);
    const wanted = { ...held, ...given(change) };
    const changed = (Object.keys(change) as (keyof PartnerChange)[]).filter(
      (key) => JSON.stringify(held[key]) !== JSON.stringify(wanted[key]),
    );
    if (changed.length === 0) return held;
    const now = clock.now();
    const { name, email, region, active } = wanted;
    await tx
      .updateTable('partners')
      .set({ name, email, region, active, updated_at: now })
      .where('id', '=', id)
      .execute();
    await writeNames(tx, wanted, wanted.aliases);
    const of = (partner: PartnerData) => Object.fromEntries(changed.map((key) => [key, partner[key]]));
    await writeAudit(tx, {
      actor: actor.name,
      action: 'partner.update',
      subject_kind: 'partner',
      subject_id: id,
      before: of(held),
      after: of(wanted),
      at: now,
    });
    return readPartner({ db: tx, actor }, id);
  });
}

function given(change: PartnerChange): Partial<PartnerData> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
