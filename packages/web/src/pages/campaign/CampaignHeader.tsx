import { Breadcrumbs, Group, Text } from '@mantine/core';
import type { Campaign } from '../../api/types/campaign.ts';
import { CampaignHue } from '../../campaigns/CampaignName.tsx';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { ButtonLink, TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { platformName } from '../../elements/platform.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatDate } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import { StatusActions } from './StatusActions.tsx';

/** What the campaign is, where it stands in the tree, and what can be done with it. */
export function CampaignHeader({ campaign }: { campaign: Campaign }) {
  const { tz } = useQuestion();
  const mayWrite = useMay('campaigns:write');
  const ends = campaign.ended_at ?? campaign.ends_at;
  return (
    <PageHeader
      title={campaign.name}
      above={<Ancestors campaign={campaign} />}
      actions={
        mayWrite && (
          <>
            <StatusActions campaign={campaign} />
            <ButtonLink
              to={paths.editCampaign}
              params={{ campaignId: campaign.id }}
              variant="default"
              size="xs"
            >
              Edit
            </ButtonLink>
          </>
        )
      }
    >
      <Group gap="4px 12px">
        <CampaignHue id={campaign.id} />
        <StatusBadge status={campaign.status} />
        {campaign.archived_at !== null && <span>archived</span>}
        <span>{platformName(campaign.platform)}</span>
        <span>
          {formatDate(campaign.starts_at, tz)} – {ends === null ? 'open' : formatDate(ends, tz)}
        </span>
        {campaign.owner !== null && <span>{campaign.owner}</span>}
        <Text span inherit ff="monospace" fz="xs">
          {campaign.tracking_code}
        </Text>
      </Group>
    </PageHeader>
  );
}

function Ancestors({ campaign }: { campaign: Campaign }) {
  const byId = useCampaigns().data?.byId;
  const above: { id: string; name: string }[] = [];
  let parent = campaign.parent_campaign_id;
  while (parent !== null && byId?.has(parent)) {
    const found = byId.get(parent)!;
    above.unshift(found);
    parent = found.parent_campaign_id;
  }
  return (
    <Breadcrumbs separator="›" component="nav" aria-label="Where it stands" fz="sm">
      <TextLink to={paths.campaigns} inherit>
        Campaigns
      </TextLink>
      {above.map(({ id, name }) => (
        <TextLink key={id} to={paths.campaign} params={{ campaignId: id }} inherit>
          {name}
        </TextLink>
      ))}
    </Breadcrumbs>
  );
}
