import type { Database } from '../../database/index.ts';
import { writeAudit } from '../../people/index.ts';
import { resolveProducts } from '../../products/index.ts';
import { type FieldFault, TouchstoneError } from '../../vocabulary/errors.ts';
import { mintId } from '../../vocabulary/ids.ts';
import { toRange } from '../../vocabulary/period.ts';
import {
  type Campaign,
  changeCampaign,
  type History,
  type PreviewContext,
  readCampaign,
  type Target,
} from '../campaign.ts';
import { type Preview, previewChange } from '../lifecycle/preview-change.ts';
import { settleReached } from '../lifecycle/write-history.ts';
import { targetPeriodJson } from '../show-campaign.ts';
import { type NamedProduct, planAddedTargets, type TargetRequest } from './plan-added-targets.ts';
import { showTargets, type TargetJson } from './show-targets.ts';

/** Products by our ids, or by the ids their shop (`source`) gave them. */
export type ProductNames = { product_ids?: string[]; external_ids?: string[]; source?: string };

export type AddTargetsRequest = ProductNames & TargetRequest;

export type AddedTargetsJson = {
  added: TargetJson[];
  skipped: { product_id: string; external_id: string; target_id: string; reason: string }[];
};

/**
 * Has a campaign target products, as planned by `planAddedTargets`; those it targets already are reported as
 * skipped. Audited, and the sales it reaches are left to be settled. With `dry_run` it answers what would move.
 *
 * @throws not_found for the campaign
 * @throws invalid for an unknown product, at its place in the request, and what the plan refuses
 */
export async function addTargets(
  context: PreviewContext,
  campaignId: string,
  request: AddTargetsRequest,
): Promise<AddedTargetsJson | Preview> {
  const products = await findProducts(context.db, request);
  if (request.dry_run) {
    const campaign = await readCampaign(context.db, campaignId);
    const { added } = planAddedTargets(campaign, products, request, context.clock.now());
    return previewChange(context.previewReach, campaign, withTargets(campaign, added.map(minted)));
  }
  return changeCampaign(context, campaignId, async (tx, campaign, now) => {
    const plan = planAddedTargets(campaign, products, request, now);
    const added = plan.added.map(minted);
    if (added.length > 0) {
      const actor = context.actor.name;
      await insertTargets(tx, campaignId, added, { actor, now });
      const cause = `campaign ${campaign.tracking_code} targets ${added.length} more`;
      await settleReached(tx, campaign, withTargets(campaign, added), cause);
      await writeAudit(tx, {
        actor,
        action: 'campaign.add_targets',
        subject_kind: 'campaign',
        subject_id: campaignId,
        after: { targets: added.map(targetPeriodJson) },
        reason: request.reason,
        at: now,
      });
    }
    const externalIds = new Map(products.map(({ id, external_id }) => [id, external_id]));
    return {
      added: await showTargets(tx, campaignId, added, now),
      skipped: plan.skipped.map((skip) => ({ ...skip, external_id: externalIds.get(skip.product_id)! })),
    };
  });
}

async function findProducts(
  db: Database,
  { product_ids = [], external_ids = [], source }: ProductNames,
): Promise<(NamedProduct & { external_id: string })[]> {
  const paths = [
    ...product_ids.map((_, place) => `product_ids.${place}`),
    ...external_ids.map((_, place) => `external_ids.${place}`),
  ];
  const found = await resolveProducts(db, { product_ids, external_ids, source });
  const faults: FieldFault[] = [];
  const products = found.flatMap(({ ref, product }, place) => {
    const path = paths[place]!;
    if (product !== undefined) return [{ path, id: product.id, external_id: product.external_id }];
    faults.push({ path, message: `no product is known as ${ref}; record it first, or correct the id` });
    return [];
  });
  if (faults.length > 0) {
    throw new TouchstoneError('invalid', 'Some products are not known; nothing was added.', faults);
  }
  return products;
}

function minted(target: Omit<Target, 'id'>): Target {
  return { id: mintId(), ...target };
}

function withTargets({ running_periods, targets }: Campaign, added: Target[]): History {
  return { running_periods, targets: [...targets, ...added] };
}

// 6 parameters a row; PostgreSQL takes 65,535 in one statement.
const mostRows = 10_000;

async function insertTargets(
  tx: Database,
  campaign_id: string,
  targets: Target[],
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  for (let start = 0; start < targets.length; start += mostRows) {
    await tx
      .insertInto('campaign_targets')
      .values(
        targets.slice(start, start + mostRows).map(({ id, product_id, period }) => ({
          id,
          campaign_id,
          product_id,
          period: toRange(period),
          created_by: actor,
          created_at: now,
        })),
      )
      .execute();
  }
}
