import {
  addTargets,
  archiveCampaign,
  changeStatus,
  createCampaign,
  readTargets,
  removeTarget,
} from '../../campaigns/index.ts';
import { derivedId } from '../../vocabulary/ids.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { shop } from './catalogue.ts';
import type { CampaignStep } from './plan-campaigns.ts';

/** Campaigns by their tracking codes. */
export type CampaignIds = Map<string, string>;

/** Does to a campaign what somebody did that day, through the verb that they would have used. */
export async function takeStep(context: RouteContext, step: CampaignStep, ids: CampaignIds): Promise<void> {
  if (step.do === 'create') return await create(context, step, ids);
  const id = ids.get(step.code)!;
  switch (step.do) {
    case 'run':
    case 'pause':
    case 'end':
      await changeStatus(context, id, { status: statusAfter[step.do], reason: step.reason });
      return;
    case 'archive':
      return await archiveCampaign(context, id, { archived: true, reason: step.reason });
    case 'target':
      await addTargets(context, id, { external_ids: step.skus, source: shop.source });
      return;
    case 'untarget':
      return await untarget(context, id, step.skus);
  }
}

const statusAfter = { run: 'running', pause: 'paused', end: 'ended' } as const;

async function create(
  context: RouteContext,
  { code, campaign, starts_at, ends_at, skus }: CampaignStep & { do: 'create' },
  ids: CampaignIds,
): Promise<void> {
  const path = `/${code.toLowerCase().replaceAll('_', '-')}`;
  const { id } = await createCampaign(context, {
    name: campaign.name,
    platform: campaign.platform,
    campaign_type: campaign.type,
    tracking_code: code,
    parent_campaign_id: campaign.parent === undefined ? null : ids.get(campaign.parent),
    objective: campaign.objective,
    call_to_action: campaign.call_to_action,
    landing_url: `${shop.site}${path}`,
    owner: shop.name,
    starts_at,
    ends_at,
    ...(campaign.spend === 0
      ? {}
      : { budget_type: 'daily', budget_amount: Math.round(campaign.spend * 1.1) }),
  });
  ids.set(code, id);
  if (skus.length > 0) await addTargets(context, id, { external_ids: skus, source: shop.source });
}

async function untarget(context: RouteContext, id: string, skus: string[]): Promise<void> {
  const productIds = new Set(skus.map((sku) => derivedId('product', shop.source, sku)));
  const targets = await readTargets(context.db, { campaign_ids: [id] });
  for (const { id: targetId, product_id, period } of targets) {
    if (period.to === null && productIds.has(product_id)) await removeTarget(context, id, targetId, {});
  }
}
