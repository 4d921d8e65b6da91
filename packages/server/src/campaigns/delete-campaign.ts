import { isForeignKeyViolation } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import { conflict } from '../vocabulary/errors.ts';
import { type CampaignContext, changeCampaign } from './campaign.ts';
import { campaignFields, historyJson } from './show-campaign.ts';

/**
 * Deletes a draft with its targets; the audit log keeps what it was. Whatever else hangs on a campaign (children,
 * spend, touches, credit, charges) refers to it by a foreign key that does not cascade, or clicks by a trigger that looks
 * for them, so the database itself refuses to delete it, also when such a fact arrives at the same moment.
 *
 * @throws not_found
 * @throws conflict when it is no draft or has facts; it can be ended or archived instead
 */
export async function deleteCampaign(context: CampaignContext, id: string): Promise<void> {
  try {
    await deleteDraft(context, id);
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    throw conflict('The draft has children, spend, touches or credit, which are kept. Archive it instead.');
  }
}

async function deleteDraft(context: CampaignContext, id: string): Promise<void> {
  await changeCampaign(context, id, async (tx, { running_periods, targets, ...campaign }, now) => {
    if (campaign.status !== 'draft') {
      const instead = campaign.status === 'ended' ? 'Archive it' : 'End or archive it';
      throw conflict(
        `Only a draft can be deleted, and this campaign is ${campaign.status}. ${instead} instead.`,
      );
    }
    await tx.deleteFrom('campaign_targets').where('campaign_id', '=', id).execute();
    await tx.deleteFrom('campaigns').where('id', '=', id).execute();
    await writeAudit(tx, {
      actor: context.actor.name,
      action: 'campaign.delete',
      subject_kind: 'campaign',
      subject_id: id,
      before: {
        ...campaignFields(campaign, now),
        ...historyJson({ running_periods, targets }, { running_periods: [], targets: [] }),
      },
      at: now,
    });
  });
}
