import { SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { activeVisitsQuery } from '../../api/tracking.ts';
import type { Visit } from '../../api/types/tracking.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { countryName } from '../../format/country.ts';
import { formatCount } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { oneOf, useUrlState } from '../../url-state.ts';
import { channelName, pageName } from '../../visits/visit-words.ts';
import { ActiveBy } from './ActiveBy.tsx';
import { ActiveVisits } from './ActiveVisits.tsx';

const choices = ['5', '15', '30', '60'] as const;

/** Who is on the site now, by campaign, country and page; it refreshes by itself. */
export function Page() {
  const [state, change] = useUrlState();
  const minutes = oneOf(state.minutes, choices);
  const active = useQuery(activeVisitsQuery(Number(minutes)));
  const campaigns = useCampaigns().data?.byId;
  const visits = active.data?.data;
  const count = active.data?.meta.count ?? 0;
  return (
    <>
      <PageHeader
        title="Live"
        actions={
          <SegmentedControl
            size="xs"
            aria-label="Seen in the last minutes"
            value={minutes}
            onChange={(value) => change({ minutes: value === choices[0] ? undefined : value })}
            data={choices.map((value) => ({ value, label: `${value} min` }))}
          />
        }
      >
        Who was seen in the last {minutes} minutes. It refreshes every few seconds.
      </PageHeader>
      {active.error !== null && <FailedState error={active.error} onRetry={() => void active.refetch()} />}
      {visits === undefined && active.error === null && <LoadingRows label="Live" />}
      {visits !== undefined && (
        <Stack gap="md">
          <Text role="status" size="xl" fw={650} className="figure">
            {formatCount(count)} {count === 1 ? 'visit' : 'visits'} now
          </Text>
          {visits.length === 0 ? (
            <EmptyState
              title="Nobody is there right now"
              action={<TextLink to={paths.tracking}>Set tracking up</TextLink>}
            >
              Visits appear here as they arrive, with the campaign that brought them.
            </EmptyState>
          ) : (
            <>
              <SimpleGrid cols={{ base: 1, md: 3 }}>
                <ActiveBy title="By campaign" visits={visits} of={originOf} label={origin} />
                <ActiveBy title="By country" visits={visits} of={({ country }) => countryName(country)} />
                <ActiveBy title="By page" visits={visits} of={({ landing_page }) => pageName(landing_page)} />
              </SimpleGrid>
              <ActiveVisits visits={visits} count={count} />
            </>
          )}
        </Stack>
      )}
    </>
  );

  function originOf({ campaign_id, channel }: Visit): string {
    return campaigns?.has(campaign_id ?? '') ? campaign_id! : channelName(channel);
  }

  function origin(id: string) {
    const campaign = campaigns?.get(id);
    return campaign === undefined ? id : <CampaignName id={id} name={campaign.name} tab="visits" />;
  }
}
