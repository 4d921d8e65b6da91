import type { Database } from '../database/index.ts';

/** Whom a rollup row is about. `subject` is a campaign's id, a platform's name, '' for the shop, a
 * channel's name, or a count of matches. */
export type SubjectKind = 'campaign' | 'tree' | 'platform' | 'shop' | 'channel' | 'creditable' | 'matched';

export type Subject = { kind: SubjectKind; subject: string };

/** From a campaign to every subject that its credit counts for. The same subject is always the same object. */
export type SubjectsOf = (campaignId: string) => Subject[];

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

  function subjectsOf(campaignId: string): Subject[] {
    const found = known.get(campaignId);
    if (found !== undefined) return found;
    const channel = byId.get(campaignId)!.channel;
    if (channel !== null) {
      const itself = [subjectNamed('channel', channel)];
      known.set(campaignId, itself);
      return itself;
    }
    const subjects = [subjectNamed('campaign', campaignId)];
    for (
      let above = byId.get(campaignId);
      above !== undefined;
      above = byId.get(above.parent_campaign_id ?? '')
    ) {
      subjects.push(subjectNamed('tree', above.id));
    }
    subjects.push(subjectNamed('platform', byId.get(campaignId)!.platform), subjectNamed('shop', ''));
    known.set(campaignId, subjects);
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
