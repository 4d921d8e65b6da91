import { Select, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { linkQuery } from '../../api/links.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { ButtonLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { paths } from '../../paths.ts';
import { useUrlState } from '../../url-state.ts';
import { LinkPreview } from './LinkPreview.tsx';
import { LinkTagFields } from './LinkTagFields.tsx';
import { QrCode } from './QrCode.tsx';
import { useLinkTags } from './use-link-tags.ts';

/** Makes the links of a campaign: tagged, short, and as a QR code. All of it stands in the address. */
export function Page() {
  const [state, change] = useUrlState();
  const { data: campaigns, error, refetch } = useCampaigns();
  const chosen = campaigns?.byId.get(state.campaign ?? '');
  const { tags } = useLinkTags();
  const link = useQuery({ ...linkQuery(chosen?.id ?? '', tags), enabled: chosen !== undefined });
  return (
    <>
      <PageHeader title="Link builder">
        A link that says which campaign brought its visitors: to paste, to shorten, to print.
      </PageHeader>
      {error !== null && <FailedState error={error} onRetry={() => void refetch()} />}
      {campaigns === undefined && error === null && <LoadingRows label="Campaigns" />}
      {campaigns?.rows.length === 0 && (
        <EmptyState
          title="No campaign yet"
          action={<ButtonLink to={paths.newCampaign}>New campaign</ButtonLink>}
        >
          Each campaign has a tracking code, which its links carry.
        </EmptyState>
      )}
      {campaigns !== undefined && campaigns.rows.length > 0 && (
        <Stack gap="md">
          <Select
            label="Campaign"
            placeholder="Choose one"
            maw={420}
            searchable
            data={campaigns.rows
              .filter(({ archived_at, id }) => archived_at === null || id === chosen?.id)
              .map(({ id, name, tracking_code }) => ({ value: id, label: `${name} · ${tracking_code}` }))}
            value={chosen?.id ?? null}
            onChange={(campaign) => change({ campaign: campaign ?? undefined })}
          />
          {chosen !== undefined && (
            <>
              <LinkTagFields link={link.data} />
              {link.error !== null && <FailedState error={link.error} onRetry={() => void link.refetch()} />}
              {link.data !== undefined && (
                <SimpleGrid cols={{ base: 1, md: 2 }}>
                  <LinkPreview link={link.data} />
                  {link.data.tracking_url !== null && <QrCode link={link.data} tags={tags} />}
                </SimpleGrid>
              )}
            </>
          )}
        </Stack>
      )}
    </>
  );
}
