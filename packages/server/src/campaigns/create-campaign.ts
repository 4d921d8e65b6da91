import { type Database, enqueue, inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import { dayOf } from '../vocabulary/day.ts';
import { invalid } from '../vocabulary/errors.ts';
import { mintId } from '../vocabulary/ids.ts';
import type { CampaignContext, CampaignRow } from './campaign.ts';
import type { NewCampaign } from './campaign-fields.ts';
import { claimedWords } from './claimed-words.ts';
import { writeStatusChange } from './lifecycle/change-status.ts';
import { planStatusChange } from './lifecycle/plan-status-change.ts';
import { nextTrackingCode, trackingCodeStem } from './make-tracking-code.ts';
import { unknownParent } from './move-campaign.ts';
import { readAmount } from './read-amount.ts';
import { campaignFields, jsonColumns } from './show-campaign.ts';
import { recordSpend } from './spend/record-spend.ts';
import { lowerTrackingCode, refuseTakenCode, takenCode } from './taken-code.ts';

/**
 * Creates a campaign, as a draft unless it is to be activated, with its first spend entry when a cost is given.
 * It starts when its parent does unless told otherwise, or now.
 *
 * @throws invalid for an unknown parent, an end before the start, an amount finer than its currency
 * @throws conflict for a tracking code in use
 */
export async function createCampaign(context: CampaignContext, input: NewCampaign): Promise<CampaignRow> {
  return inTransaction(context.db, async (tx) => {
    const now = context.clock.now();
    const campaign = await insertWithCode(tx, await draft(tx, context, input, now), input);
    const { tracking_code } = campaign;
    await enqueue(tx, 'claim-clicks', {
      tracking_code,
      visit_window_days: context.settings.visitWindowDays,
    });
    await sumParent(tx, campaign);
    const cause = `campaign ${tracking_code} was created`;
    await enqueue(tx, 'settle-claims', { words: claimedWords(campaign), cause });
    await writeAudit(tx, {
      actor: context.actor.name,
      action: 'campaign.create',
      subject_kind: 'campaign',
      subject_id: campaign.id,
      after: whatIsGiven(campaignFields(campaign, now)),
      at: now,
    });
    if (input.cost !== undefined && input.cost !== null) {
      const day = dayOf(campaign.starts_at, context.settings.timeZone);
      const amount_minor = readAmount(input.cost, campaign.currency, 'cost');
      const cost = {
        campaign_id: campaign.id,
        day,
        amount_minor,
        currency: campaign.currency,
        source: 'manual',
      };
      await recordSpend(tx, [{ ...cost, note: 'Cost given on creation' }], {
        actor: context.actor.name,
        at: now,
      });
    }
    return input.activate ? activate(tx, context, campaign, now) : campaign;
  });
}

async function draft(
  tx: Database,
  { settings, actor }: CampaignContext,
  input: NewCampaign,
  now: Date,
): Promise<Omit<CampaignRow, 'tracking_code'>> {
  const parent = await readParent(tx, input.parent_campaign_id ?? null);
  const currency = input.currency ?? settings.currency;
  const starts_at = input.starts_at ?? parent?.starts_at ?? now;
  const ends_at = input.ends_at ?? null;
  if (ends_at !== null && ends_at <= starts_at) {
    throw invalid('ends_at', `must be after the campaign's starts_at, ${starts_at.toISOString()}`);
  }
  return {
    id: mintId(now),
    parent_campaign_id: parent?.id ?? null,
    name: input.name,
    description: input.description ?? null,
    objective: input.objective ?? null,
    platform: input.platform,
    campaign_type: input.campaign_type,
    post_url: input.post_url ?? null,
    landing_url: input.landing_url ?? null,
    starts_at,
    ends_at,
    budget_type: input.budget_type ?? null,
    budget_amount_minor:
      input.budget_amount === undefined || input.budget_amount === null
        ? null
        : readAmount(input.budget_amount, currency, 'budget_amount'),
    currency,
    owner: input.owner ?? null,
    call_to_action: input.call_to_action ?? null,
    socials: input.socials ?? null,
    targeting: input.targeting ?? null,
    notes: input.notes ?? null,
    metadata: input.metadata ?? null,
    status: 'draft',
    ended_at: null,
    archived_at: null,
    channel: null,
    created_by: actor.name,
    updated_by: actor.name,
    created_at: now,
    updated_at: now,
  };
}

// The lock keeps the parent from being deleted before its child exists.
async function readParent(
  tx: Database,
  id: string | null,
): Promise<Pick<CampaignRow, 'id' | 'starts_at'> | undefined> {
  if (id === null) return undefined;
  const parent = await tx
    .selectFrom('campaigns')
    .select(['id', 'starts_at'])
    .where('id', '=', id)
    .where('channel', 'is', null)
    .forKeyShare()
    .executeTakeFirst();
  if (parent === undefined) throw unknownParent(id);
  return parent;
}

/** What a campaign holds of products is summed with those below it from the first of them on. */
async function sumParent(tx: Database, { id, parent_campaign_id }: CampaignRow): Promise<void> {
  if (parent_campaign_id === null) return;
  const sibling = await tx
    .selectFrom('campaigns')
    .select('id')
    .where('parent_campaign_id', '=', parent_campaign_id)
    .where('id', '<>', id)
    .limit(1)
    .executeTakeFirst();
  if (sibling === undefined) await enqueue(tx, 'rebuild-tree', { campaign_ids: [parent_campaign_id] });
}

async function insertWithCode(
  tx: Database,
  campaign: Omit<CampaignRow, 'tracking_code'>,
  { tracking_code, platform, campaign_type, name }: NewCampaign,
): Promise<CampaignRow> {
  if (tracking_code !== undefined && tracking_code !== null) {
    const given = { ...campaign, tracking_code };
    if (await insertUnlessTaken(tx, given)) return given;
    await refuseTakenCode(tx, tracking_code);
    throw takenCode(tracking_code);
  }
  const stem = trackingCodeStem({ platform, campaign_type, name });
  // Whoever takes the code we found free has counted further, so each turn of the loop is one campaign of another.
  for (;;) {
    const made = { ...campaign, tracking_code: await nextTrackingCode(tx, stem) };
    if (await insertUnlessTaken(tx, made)) return made;
  }
}

async function insertUnlessTaken(tx: Database, campaign: CampaignRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('campaigns')
    .values({ ...campaign, ...jsonColumns(campaign) })
    .onConflict((conflict) => conflict.expression(lowerTrackingCode).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

async function activate(tx: Database, context: CampaignContext, campaign: CampaignRow, now: Date) {
  const request = { status: 'running' as const };
  const created = { ...campaign, running_periods: [], targets: [] };
  const plan = planStatusChange(created, request, now);
  if (plan === undefined) return campaign;
  await writeStatusChange(tx, created, plan, { context, request, now });
  return { ...campaign, status: plan.status };
}

function whatIsGiven(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
