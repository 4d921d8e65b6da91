import { effectiveStatus, type Status, seenCampaigns } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/** A campaign as reports name it; `status` is how it reads at the time of the report. */
export type ReportCampaign = {
  campaign_id: string;
  name: string;
  platform: string;
  status: Status;
  parent_campaign_id: string | null;
  tracking_code: string;
};

/** Every campaign that who asks may see, with the ids of its tree: itself and all below it. */
export type ReportCampaigns = {
  all: ReportCampaign[];
  /** Those the question asks for. */
  asked: ReportCampaign[];
  treeOf(campaignId: string): string[];
};

/** The one place that decides which campaigns a report is about. */
export async function readCampaigns(db: Database, question: ReportQuestion): Promise<ReportCampaigns> {
  const rows = await seenCampaigns(db, question.seen_by)
    .selectFrom('campaigns')
    .select(['id', 'name', 'platform', 'status', 'ends_at', 'parent_campaign_id', 'tracking_code'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const all = rows.map((row) => ({
    campaign_id: row.id,
    name: row.name,
    platform: row.platform,
    status: effectiveStatus(row, question.as_of),
    parent_campaign_id: row.parent_campaign_id,
    tracking_code: row.tracking_code,
  }));
  const children = groupBy(all, ({ parent_campaign_id }) => parent_campaign_id);
  const treeOf = (id: string): string[] => [
    id,
    ...(children.get(id) ?? []).flatMap(({ campaign_id }) => treeOf(campaign_id)),
  ];
  return { all, asked: all.filter((campaign) => isAsked(campaign, question)), treeOf };
}

/**
 * One campaign.
 * @throws not_found
 */
export function campaignNamed({ all }: ReportCampaigns, id: string): ReportCampaign {
  const campaign = all.find(({ campaign_id }) => campaign_id === id);
  if (campaign === undefined) throw notFound('campaign', id);
  return campaign;
}

/** The ids of the campaigns a report may read, undefined for all of them: for queries to be narrowed by. */
export function idsSeen({ seen_by }: ReportQuestion, { all }: ReportCampaigns): string[] | undefined {
  return seen_by.kind === 'all' ? undefined : all.map(({ campaign_id }) => campaign_id);
}

function isAsked({ platform, status }: ReportCampaign, question: ReportQuestion): boolean {
  return (
    (question.platform === undefined || question.platform === platform) &&
    (question.status === undefined || question.status === status)
  );
}
