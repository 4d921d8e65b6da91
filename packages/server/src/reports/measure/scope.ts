import { invalid } from '../../vocabulary/errors.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { ReportCampaigns } from './read-campaigns.ts';

/**
 * The campaigns whose sums a report is about, as the subjects of the rollups know them, and whose spend goes with them.
 * Where no single subject stands for them, the sums of several are added up (`adds`): revenue, profit and units add up
 * under a conserving model, distinct orders and lines never do.
 */
export type Scope = {
  kind: 'campaign' | 'tree' | 'platform' | 'shop';
  subjects: string[];
  adds: boolean;
  /** Whose spend; everybody's when absent. */
  campaign_ids?: string[];
};

/** All campaigns that a question asks for, together. */
export function wholeScope(question: ReportQuestion, campaigns: ReportCampaigns): Scope {
  const { platform, status, include_children } = question;
  const asked = idsOf(campaigns.asked);
  const ids = include_children ? [...new Set(asked.flatMap(campaigns.treeOf))] : asked;
  if (status === undefined && question.seen_by.kind === 'all') {
    if (platform === undefined) return { kind: 'shop', subjects: [''], adds: false };
    // Below a campaign of the platform there may be campaigns of others, which stand with it.
    if (ids.length === asked.length) {
      return { kind: 'platform', subjects: [platform], adds: false, campaign_ids: ids };
    }
  }
  return scopeOf(ids, campaigns);
}

/**
 * The same, where there is nothing to answer without it.
 * @throws invalid when the sums of these campaigns together are not known
 */
export function knownScope(question: ReportQuestion, campaigns: ReportCampaigns): Scope {
  return known(wholeScope(question, campaigns), question);
}

/**
 * One campaign, with all below it where that is asked for; of those, the ones of the platform or status asked for.
 * @throws invalid when the sums of several of them together are not known
 */
export function campaignScope(question: ReportQuestion, campaigns: ReportCampaigns, id: string): Scope {
  const tree = question.include_children ? campaigns.treeOf(id) : [id];
  const asked = new Set(idsOf(campaigns.asked));
  return known(
    scopeOf(
      tree.filter((each) => asked.has(each)),
      campaigns,
    ),
    question,
  );
}

/** Whether what a scope adds up is known at all: FULL credit of several campaigns repeats the same sales. */
export function isMeasurable(scope: Scope, question: ReportQuestion): boolean {
  return !scope.adds || question.model.conserving;
}

/** Campaigns by the fewest subjects: whole trees where they make them up, so that a single tree counts distinctly. */
function scopeOf(ids: string[], { all, treeOf }: ReportCampaigns): Scope {
  const among = new Set(ids);
  const tops = idsOf(
    all.filter(
      ({ campaign_id, parent_campaign_id }) =>
        among.has(campaign_id) && (parent_campaign_id === null || !among.has(parent_campaign_id)),
    ),
  );
  const areTrees = ids.length !== 1 && tops.flatMap(treeOf).length === ids.length;
  const subjects = areTrees ? tops : ids;
  return { kind: areTrees ? 'tree' : 'campaign', subjects, adds: subjects.length > 1, campaign_ids: ids };
}

function known(scope: Scope, question: ReportQuestion): Scope {
  if (isMeasurable(scope, question)) return scope;
  const { status, platform } = question;
  const path = status !== undefined ? 'status' : platform !== undefined ? 'platform' : 'model';
  throw invalid(
    path,
    path === 'model'
      ? `must be one whose credit adds up over several campaigns, which that of ${question.model.name} does not; ask for another, or for one campaign at a time`
      : `cannot be asked for together with ${question.model.name}, whose credit does not add up over several campaigns; leave ${path} out, or ask for another model`,
  );
}

function idsOf(campaigns: { campaign_id: string }[]): string[] {
  return campaigns.map(({ campaign_id }) => campaign_id);
}
