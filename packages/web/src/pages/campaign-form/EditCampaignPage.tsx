import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { campaignQuery } from '../../api/campaigns.ts';
import { FailedPage } from '../../elements/FailedPage.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { paths } from '../../paths.ts';
import { EditCampaign } from './EditCampaign.tsx';

/** Changes what was entered about a campaign. */
export function Page() {
  const { campaignId } = useParams({ from: `/inside${paths.editCampaign}` });
  const campaign = useQuery(campaignQuery(campaignId));
  if (campaign.error !== null) {
    return (
      <FailedPage title="Edit campaign" error={campaign.error} onRetry={() => void campaign.refetch()} />
    );
  }
  if (campaign.data === undefined) return <LoadingRows label="Campaign" rows={12} />;
  return (
    <>
      <PageHeader
        title={`Edit ${campaign.data.name}`}
        above={
          <TextLink to={paths.campaign} params={{ campaignId }} size="sm">
            {campaign.data.name}
          </TextLink>
        }
      />
      <EditCampaign key={campaign.data.updated_at} campaign={campaign.data} />
    </>
  );
}
