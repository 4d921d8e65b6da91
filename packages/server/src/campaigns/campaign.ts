import type { Selectable } from 'kysely';
import { type Database, inTransaction, isExclusionViolation, type Tables } from '../database/index.ts';
import { conflict, notFound } from '../vocabulary/errors.ts';
import type { Period } from '../vocabulary/period.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import { readRunningPeriods, readTargets } from './read-periods.ts';

export type CampaignRow = Selectable<Tables['campaigns']>;
export type Status = CampaignRow['status'];

/** A product a campaign promotes, while the period lasts. */
export type Target = { id: string; product_id: string; period: Period };

/** All that product models look at: when the campaign ran, and what it targeted when. Both in order of time. */
export type History = { running_periods: Period[]; targets: Target[] };

export type Campaign = CampaignRow & History;

/** What the verbs of this room need to know of the request. */
export type CampaignContext = Pick<RouteContext, 'db' | 'clock' | 'settings' | 'actor'>;

/** The same for verbs that can be asked what they would do. */
export type PreviewContext = CampaignContext & Pick<RouteContext, 'previewReach'>;

/** Asks what a change would move instead of making it; that needs no reason. */
export type DryRun = { dry_run?: boolean };

/**
 * A campaign with its history, as it stands.
 * @throws not_found
 */
export async function readCampaign(db: Database, id: string): Promise<Campaign> {
  const campaign = await db
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', id)
    .where('channel', 'is', null)
    .executeTakeFirst();
  if (campaign === undefined) throw notFound('campaign', id);
  return { ...campaign, ...(await readCampaignHistory(db, id)) };
}

/**
 * Changes a campaign in a transaction that holds its row, so that changes of one campaign take turns. The change is
 * given the campaign as the one before left it, and the time it got hold of it: two changes never cross in time.
 * @throws not_found, or what `change` throws
 */
export async function changeCampaign<Result>(
  { db, clock }: Pick<CampaignContext, 'db' | 'clock'>,
  id: string,
  change: (tx: Database, campaign: Campaign, now: Date) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(db, async (tx) => {
      const campaign = await lockCampaign(tx, id);
      return change(tx, { ...campaign, ...(await readCampaignHistory(tx, id)) }, clock.now());
    });
  } catch (error) {
    if (!isExclusionViolation(error)) throw error;
    throw conflict('Its periods were changed by someone else at the same moment. Look again, and try again.');
  }
}

// Not FOR UPDATE: that would make every settlement that posts credit to the campaign wait, by its foreign key.
async function lockCampaign(tx: Database, id: string): Promise<CampaignRow> {
  const campaign = await tx
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', id)
    .where('channel', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (campaign === undefined) throw notFound('campaign', id);
  return campaign;
}

async function readCampaignHistory(db: Database, id: string): Promise<History> {
  return {
    running_periods: (await readRunningPeriods(db, [id])).map(({ period }) => period),
    targets: (await readTargets(db, { campaign_ids: [id] })).map(({ campaign_id: _, ...target }) => target),
  };
}
