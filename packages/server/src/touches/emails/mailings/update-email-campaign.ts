import { inTransaction } from '../../../database/index.ts';
import { writeAudit } from '../../../people/index.ts';
import type { RouteContext } from '../../../vocabulary/route.ts';
import { refuseTakenId } from './create-email-campaign.ts';
import type { EmailCampaignChange, EmailCampaignData } from './email-campaign-fields.ts';
import { readEmailCampaign } from './read-email-campaigns.ts';

/**
 * Changes the fields that are given.
 * @throws not_found
 * @throws conflict for an external id that another one has
 */
export async function updateEmailCampaign(
  { db, clock, actor }: Pick<RouteContext, 'db' | 'clock' | 'actor'>,
  id: string,
  change: EmailCampaignChange,
): Promise<EmailCampaignData> {
  return inTransaction(db, async (tx) => {
    await tx.selectFrom('email_campaigns').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    const held = await readEmailCampaign({ db: tx, actor }, id);
    const changed = (Object.keys(change) as (keyof EmailCampaignChange)[]).filter(
      (key) => change[key] !== undefined && textOf(change[key]) !== textOf(held[key]),
    );
    if (changed.length === 0) return held;
    const now = clock.now();
    const fields = Object.fromEntries(changed.map((key) => [key, change[key]]));
    await tx
      .updateTable('email_campaigns')
      .set({ ...fields, updated_at: now })
      .where('id', '=', id)
      .execute()
      .catch(refuseTakenId(change.external_id));
    await writeAudit(tx, {
      actor: actor.name,
      action: 'email_campaign.update',
      subject_kind: 'email_campaign',
      subject_id: id,
      before: Object.fromEntries(changed.map((key) => [key, held[key]])),
      after: fields,
      at: now,
    });
    return readEmailCampaign({ db: tx, actor }, id);
  });
}

function textOf(value: unknown): string {
  return JSON.stringify(value instanceof Date ? value.toISOString() : value);
}
