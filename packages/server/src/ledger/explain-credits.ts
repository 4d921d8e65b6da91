import { sql } from 'kysely';
import {
  type CampaignNames,
  explainLines,
  explainPath,
  gatherEvidence,
  keptVersions,
  type LineExplanation,
  models,
  type PathExplanation,
} from '../attribution/index.ts';
import { effectiveStatus, readCampaignHistories, seenCampaigns } from '../campaigns/index.ts';
import type { Database } from '../database/index.ts';
import { lineKey, readOrderFacts, seenLines, seenOrderIds } from '../orders/index.ts';
import { resolveProducts } from '../products/index.ts';
import type { Evidence } from '../vocabulary/credit.ts';
import { notFound } from '../vocabulary/errors.ts';
import type { Scope } from '../vocabulary/permission.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { CreditEntry } from './credit-entry.ts';
import { readEntries } from './read-entries.ts';
import { valueText } from './value-text.ts';

export type OrderExplanation = {
  order_id: string;
  status: string;
  currency: string;
  sale_time: string;
  /** One sentence: who earned this sale, or why nobody did. */
  summary: string;
  lines: (LineExplanation & {
    product: { external_id: string; name: string | null };
    /** How the line came to be worth what it is worth, as one would write it down. */
    value: string;
  })[];
  /** The touches of its path, and how the models that divide whole orders share it. */
  path: PathExplanation;
  entries: CreditEntry[];
};

/**
 * Why an order is credited the way it is: the candidates of each line with their reasons, the arithmetic of each
 * model, and the entries that stand in the ledger. Of campaigns that are not theirs who asks learns only that they
 * were credited, too.
 *
 * @throws not_found, also where the order is not theirs to see
 */
export async function explainCredits(
  { db, actor: { scope }, clock }: Pick<RouteContext, 'db' | 'actor' | 'clock'>,
  orderId: string,
): Promise<OrderExplanation> {
  const now = clock.now();
  const versions = (await keptVersions(db)).filter(({ status }) => status === 'published');
  const [evidence] = await gatherEvidence(db, await seenOrderIds(db, [orderId], scope), versions);
  if (evidence === undefined) throw notFound('order', orderId);
  const histories = await readCampaignHistories(db, {
    product_ids: [...new Set(evidence.lines.map((line) => line.product_id))],
  });
  const seen = await campaignsAmong(db, histories, scope);
  const explained = explainLines(
    evidence,
    histories,
    versions.filter(({ model }) => models.get(model)!.divides === 'lines'),
    (campaign) => effectiveStatus(campaign, now),
    (campaignId) => seen.has(campaignId),
  );
  const products = await namesOf(
    db,
    evidence.lines.map((line) => line.product_id),
  );
  const [facts] = await readOrderFacts(db, [orderId]);
  const theirs = await seenLines(db, [orderId], scope);
  const shown = explained.filter(({ line_no }) => theirs?.has(lineKey(orderId, line_no)) ?? true);
  const lines = shown.map((line) => ({
    ...line,
    product: products.get(line.product_id)!,
    value: valueText(facts!, line.line_no),
  }));
  const names = await readNames(db, evidence, scope);
  const path = explainPath(evidence, versions, names);
  return {
    order_id: orderId,
    status: evidence.status,
    currency: evidence.currency,
    sale_time: evidence.sale_time.toISOString(),
    summary: [...summarise(lines, evidence.status), ...summarisePath(path, names)].join(' '),
    lines,
    path,
    entries: await readEntries(db, orderId, scope, { versions: 'published' }),
  };
}

function summarise(lines: LineExplanation[], status: string): string[] {
  if (lines.length === 0)
    return ['The order has no product lines, so product models have nothing to credit.'];
  const credited = new Set(
    lines.flatMap(({ candidates }) => candidates.filter((each) => each.credited).map(({ name }) => name)),
  );
  if (credited.size === 0) return ['No campaign ran for its products at the moment of the sale.'];
  const earners = [...credited].join(', ');
  if (lines.some(({ shares }) => shares.some(({ credits }) => credits.length > 0))) {
    return [`Credited to ${earners}.`];
  }
  const why = lines.every(({ quantity, revenue }) => quantity === 0 && revenue === 0)
    ? 'all of them were given back'
    : `an order that is ${status} carries no credit now`;
  return [`${earners} ran for its products, but ${why}.`];
}

function summarisePath({ shares }: PathExplanation, { nameOf }: CampaignNames): string[] {
  const last = shares.find(({ model }) => model === 'last_touch')?.credits[0];
  return last === undefined ? [] : [`Its last touch was ${nameOf(last.campaign_id)}.`];
}

/** Names of the campaigns of a path, built-in channels among them, and which of them are theirs to see. */
async function readNames(db: Database, { precedence }: Evidence, scope: Scope): Promise<CampaignNames> {
  const rows = await db
    .selectFrom('campaigns')
    .select(['id', 'name', 'channel'])
    .where('id', '=', sql<string>`any(${precedence}::uuid[])`)
    .execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const seen = await campaignsAmong(
    db,
    rows.map(({ id }) => ({ campaign_id: id })),
    scope,
  );
  return { nameOf: (id) => names.get(id)!, isSeen: (id) => seen.has(id) };
}

/** Which of these campaigns are theirs to see. */
async function campaignsAmong(
  db: Database,
  histories: { campaign_id: string }[],
  scope: Scope,
): Promise<Set<string>> {
  if (scope.kind === 'all') return new Set(histories.map(({ campaign_id }) => campaign_id));
  const rows = await seenCampaigns(db, scope).selectFrom('campaigns').select('id').execute();
  return new Set(rows.map(({ id }) => id));
}

async function namesOf(db: Database, ids: string[]) {
  const resolved = await resolveProducts(db, { product_ids: [...new Set(ids)] });
  return new Map(
    resolved.flatMap(({ product }) =>
      product === undefined
        ? []
        : [[product.id, { external_id: product.external_id, name: product.name }] as const],
    ),
  );
}
