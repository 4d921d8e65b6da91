import { type Database, enqueue, inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { PartnerChange, PartnerData } from './partner-fields.ts';
import { readPartner } from './read-partners.ts';
import { nameKeyOf } from './resolve-partners.ts';
import { writeNames } from './write-names.ts';

/**
 * Changes the fields that are given; aliases that are given replace those held. Mails to a retailer are touches of the
 * orders that name it: those that name it by another word from now on are settled again.
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
    await settleRenamed(tx, held, wanted);
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

async function settleRenamed(tx: Database, before: PartnerData, after: PartnerData): Promise<void> {
  const keysOf = ({ name, aliases }: PartnerData) => [...new Set([name, ...aliases].map(nameKeyOf))];
  const [old, now] = [keysOf(before), keysOf(after)];
  const moved = [...old, ...now].filter((key) => !old.includes(key) || !now.includes(key)).sort();
  if (after.kind !== 'retailer' || moved.length === 0) return;
  await enqueue(tx, 'settle-email-clicks', {
    recipient_hashes: [],
    partner_ids: [],
    retailers: moved,
    from: new Date(0).toISOString(),
    cause: `Retailer ${after.name} is called otherwise.`,
  });
}

function given(change: PartnerChange): Partial<PartnerData> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
