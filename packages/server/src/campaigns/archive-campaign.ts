import { writeAudit } from '../people/index.ts';
import { type CampaignContext, changeCampaign } from './campaign.ts';

/**
 * Hides a campaign from lists, or shows it again; what it earns and counts is untouched. Done already, it changes
 * nothing.
 * @throws not_found
 */
export async function archiveCampaign(
  context: CampaignContext,
  id: string,
  { archived, reason }: { archived: boolean; reason?: string | null },
): Promise<void> {
  const actor = context.actor.name;
  await changeCampaign(context, id, async (tx, campaign, now) => {
    if ((campaign.archived_at !== null) === archived) return;
    const archived_at = archived ? now : null;
    await tx
      .updateTable('campaigns')
      .set({ archived_at, updated_by: actor, updated_at: now })
      .where('id', '=', id)
      .execute();
    await writeAudit(tx, {
      actor,
      action: archived ? 'campaign.archive' : 'campaign.unarchive',
      subject_kind: 'campaign',
      subject_id: id,
      before: { archived_at: campaign.archived_at },
      after: { archived_at },
      reason,
      at: now,
    });
  });
}
