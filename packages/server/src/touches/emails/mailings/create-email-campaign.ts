import { refuseUnseen } from '../../../campaigns/index.ts';
import { inTransaction, isUniqueViolation } from '../../../database/index.ts';
import { writeAudit } from '../../../people/index.ts';
import { conflict } from '../../../vocabulary/errors.ts';
import { mintId } from '../../../vocabulary/ids.ts';
import type { RouteContext } from '../../../vocabulary/route.ts';
import type { EmailCampaignData, NewEmailCampaign } from './email-campaign-fields.ts';
import { readEmailCampaign } from './read-email-campaigns.ts';

/**
 * @throws not_found for a campaign that is not there
 * @throws conflict for an external id that another one has
 */
export async function createEmailCampaign(
  { db, clock, actor }: Pick<RouteContext, 'db' | 'clock' | 'actor'>,
  campaign_id: string,
  input: NewEmailCampaign,
): Promise<EmailCampaignData> {
  const now = clock.now();
  const id = mintId(now);
  const { subject, sender_email, content = null, ...rest } = input;
  const { external_id = null, sender_name = null, sent_at = null, recipients = null } = rest;
  const told = { external_id, subject, content, sender_email, sender_name, sent_at, recipients };
  return inTransaction(db, async (tx) => {
    await refuseUnseen(tx, actor.scope, campaign_id);
    await tx
      .insertInto('email_campaigns')
      .values({ id, campaign_id, ...told, created_by: actor.name, created_at: now, updated_at: now })
      .execute()
      .catch(refuseTakenId(external_id));
    await writeAudit(tx, {
      actor: actor.name,
      action: 'email_campaign.create',
      subject_kind: 'email_campaign',
      subject_id: id,
      after: { campaign_id, ...told },
      at: now,
    });
    return readEmailCampaign({ db: tx, actor }, id);
  });
}

/** Tells a taken external id apart from what else the database may refuse. */
export function refuseTakenId(external_id: string | null | undefined): (error: unknown) => never {
  return (error) => {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(`Another email campaign has the external_id ${external_id}.`);
  };
}
