import type { Database } from '../../database/index.ts';
import { type KnownProduct, resolveProducts } from '../../products/index.ts';
import type { Target } from '../campaign.ts';

/** A target as the API shows it. */
export type TargetJson = {
  id: string;
  campaign_id: string;
  product_id: string;
  external_id: string;
  sku: string | null;
  name: string | null;
  effective_from: string;
  effective_to: string | null;
  /** In force or still to come: it has not been closed. */
  active: boolean;
};

/** Targets with the names of their products. */
export async function showTargets(
  db: Database,
  campaignId: string,
  targets: Target[],
  now: Date,
): Promise<TargetJson[]> {
  const product_ids = [...new Set(targets.map(({ product_id }) => product_id))];
  const products = new Map<string, KnownProduct>();
  for (const { product } of await resolveProducts(db, { product_ids })) {
    if (product !== undefined) products.set(product.id, product);
  }
  return targets.map(({ id, product_id, period: { from, to } }) => {
    const product = products.get(product_id)!;
    return {
      id,
      campaign_id: campaignId,
      product_id,
      external_id: product.external_id,
      sku: product.sku,
      name: product.name,
      effective_from: from.toISOString(),
      effective_to: to?.toISOString() ?? null,
      active: isActive({ to }, now),
    };
  });
}

/** Whether a target is in force or still to come. */
export function isActive({ to }: { to: Date | null }, now: Date): boolean {
  return to === null || to > now;
}
