import { Group, Loader, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { activeVisitsQuery } from '../../api/tracking.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { channelName, pageName } from '../../visits/visit-words.ts';

const minutes = 60;

/** Says so as soon as a visit arrives. */
export function FirstVisit() {
  const { tz } = useQuestion();
  const { data, error, refetch } = useQuery(activeVisitsQuery(minutes));
  const campaigns = useCampaigns().data?.byId;
  const latest = data?.data[0];
  if (error !== null) return <FailedState error={error} onRetry={() => void refetch()} />;
  return (
    <Panel title="Does it work?">
      <div role="status">
        {latest === undefined ? (
          <Group gap="sm" wrap="nowrap">
            <Loader size="sm" aria-hidden />
            <div>
              <Text size="sm" fw={600}>
                Waiting for the first visit …
              </Text>
              <Text size="sm" c="dimmed">
                Open a page of the shop that has the line in it. Bots and your own people are not shown here.
              </Text>
            </div>
          </Group>
        ) : (
          <Group gap="sm" wrap="nowrap">
            <IconCircleCheck color="var(--good)" aria-hidden style={{ flexShrink: 0 }} />
            <div>
              <Text size="sm" fw={600}>
                It works: visits arrive.
              </Text>
              <Text size="sm" c="dimmed">
                The latest came on {formatInstant(latest.visited_at, tz)} to {pageName(latest.landing_page)}{' '}
                by{' '}
                {campaigns?.get(latest.campaign_id ?? '')?.name ?? channelName(latest.channel).toLowerCase()}.{' '}
                <TextLink to={paths.live} inherit underline="always">
                  Who is there now
                </TextLink>
              </Text>
            </div>
          </Group>
        )}
      </div>
    </Panel>
  );
}
