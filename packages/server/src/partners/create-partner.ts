import { inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import { mintId } from '../vocabulary/ids.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { NewPartner, PartnerData } from './partner-fields.ts';
import { readPartner } from './read-partners.ts';
import { writeNames } from './write-names.ts';

/** @throws conflict when another partner of the kind is called so */
export async function createPartner(
  { db, clock, actor }: Pick<RouteContext, 'db' | 'clock' | 'actor'>,
  { aliases = [], email = null, region = null, active = true, ...named }: NewPartner,
): Promise<PartnerData> {
  const now = clock.now();
  const id = mintId(now);
  return inTransaction(db, async (tx) => {
    const row = { id, ...named, email, region, active, created_at: now, updated_at: now };
    await tx.insertInto('partners').values(row).execute();
    await writeNames(tx, row, aliases);
    await writeAudit(tx, {
      actor: actor.name,
      action: 'partner.create',
      subject_kind: 'partner',
      subject_id: id,
      after: { ...named, email, region, active, aliases },
      at: now,
    });
    return readPartner({ db: tx, actor }, id);
  });
}
