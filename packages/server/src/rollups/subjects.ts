import type { Database } from '../database/index.ts';

/**
 * Whom a rollup row is about. `subject` is a campaign's id, a platform's name, '' for the shop, a channel's name, a
 * count of matches, or a campaign's id and a product's (`subjectOfProduct`).
 */
export type SubjectKind =
  | 'campaign'
  | 'tree'
  | 'platform'
  | 'shop'
  | 'channel'
  | 'creditable'
  | 'matched'
  | ProductKind;

/** What a campaign, or one with campaigns below it together with them, holds of one product: by day only. */
export type ProductKind = 'campaign_product' | 'tree_product';

export function isOfProduct(kind: SubjectKind): kind is ProductKind {
  return kind === 'campaign_product' || kind === 'tree_product';
}

/** Null stands for shipping and tax, which belong to no product. */
export function subjectOfProduct(campaignId: string, productId: string | null): string {
  return `${campaignId}|${productId ?? ''}`;
}

/** From the first to beyond the last subject of a campaign's products, in the order of code points. */
export function productRange(campaignId: string): [from: string, beyond: string] {
  return [`${campaignId}|`, `${campaignId}}`];
}

export function productOfSubject(subject: string): string | null {
  return subject.slice(subject.indexOf('|') + 1) || null;
}

export type Subject = { kind: SubjectKind; subject: string };

/**
 * From a campaign to every subject that its credit counts for; with a product, to those that its credit of the product
 * counts for. The same subject is always the same object.
 */
export type SubjectsOf = (campaignId: string, productId?: string | null) => Subject[];

/**
 * Reads today's tree: a campaign's credit counts for itself, for the tree of itself and of each campaign above it, for
 * its platform and for the shop. That of a built-in channel counts for the channel alone: to all others it is unattributed.
 */
export async function readSubjects(db: Database): Promise<SubjectsOf> {
  const campaigns = await db
    .selectFrom('campaigns')
    .select(['id', 'parent_campaign_id', 'platform', 'channel'])
    .execute();
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const subjectNamed = subjectInterner();
  const known = new Map<string, Subject[]>();

  const parents = new Set(campaigns.map(({ parent_campaign_id }) => parent_campaign_id));

  function subjectsOf(campaignId: string, productId?: string | null): Subject[] {
    const key = productId === undefined ? campaignId : subjectOfProduct(campaignId, productId);
    const found = known.get(key);
    if (found !== undefined) return found;
    const subjects = productId === undefined ? ofCampaign(campaignId) : ofProduct(campaignId, productId);
    known.set(key, subjects);
    return subjects;
  }

  function ofProduct(campaignId: string, productId: string | null): Subject[] {
    return subjectsOf(campaignId).flatMap(({ kind, subject }) => {
      if (kind === 'campaign') return subjectNamed('campaign_product', subjectOfProduct(subject, productId));
      // Alone, a campaign is its own tree.
      const isTree = kind === 'tree' && parents.has(subject);
      return isTree ? subjectNamed('tree_product', subjectOfProduct(subject, productId)) : [];
    });
  }

  function ofCampaign(campaignId: string): Subject[] {
    const channel = byId.get(campaignId)!.channel;
    if (channel !== null) return [subjectNamed('channel', channel)];
    const subjects = [subjectNamed('campaign', campaignId)];
    for (
      let above = byId.get(campaignId);
      above !== undefined;
      above = byId.get(above.parent_campaign_id ?? '')
    ) {
      subjects.push(subjectNamed('tree', above.id));
    }
    subjects.push(subjectNamed('platform', byId.get(campaignId)!.platform), subjectNamed('shop', ''));
    return subjects;
  }
  return subjectsOf;
}

/** Gives one object for one subject, so that sums can be kept by it without making a key of text each time. */
export function subjectInterner(): (kind: SubjectKind, subject: string) => Subject {
  const known = new Map<string, Subject>();
  return (kind, subject) => {
    const key = `${kind}|${subject}`;
    const found = known.get(key) ?? { kind, subject };
    known.set(key, found);
    return found;
  };
}
