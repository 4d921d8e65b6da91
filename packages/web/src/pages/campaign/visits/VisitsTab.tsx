import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { analyticsReport, visitTimelineReport } from '../../../api/reports.ts';
import type { Campaign } from '../../../api/types/campaign.ts';
import { EmptyState } from '../../../elements/EmptyState.tsx';
import { FailedState } from '../../../elements/FailedState.tsx';
import { LoadingRows } from '../../../elements/LoadingRows.tsx';
import { TextLink } from '../../../elements/links.tsx';
import { paths } from '../../../paths.ts';
import { QuestionBar } from '../../../question/QuestionBar.tsx';
import { ReportNotes } from '../../../question/ReportNotes.tsx';
import { useInterval } from '../../../question/use-interval.ts';
import { useQuestion } from '../../../question/use-question.ts';
import { useMay } from '../../../session/use-session.ts';
import { channelName, deviceName } from '../../../visits/visit-words.ts';
import { ChildrenSwitch } from '../ChildrenSwitch.tsx';
import { useWithChildren } from '../use-with-children.ts';
import { Countries } from './Countries.tsx';
import { keptApartText } from './kept-apart-text.ts';
import { Shares } from './Shares.tsx';
import { VisitList } from './VisitList.tsx';
import { VisitsOverTime } from './VisitsOverTime.tsx';
import { VisitTiles } from './VisitTiles.tsx';

// What visits brought is told by the models that look at visits.
const preferred = 'last_touch';

/** Who came by the campaign's links, when, on what and from where, and what came of it. */
export function VisitsTab({ campaign }: { campaign: Campaign }) {
  const question = useQuestion(preferred);
  const [withChildren] = useWithChildren();
  const interval = useInterval(question);
  const seesVisits = useMay('visits:read');
  const analytics = useQuery(analyticsReport(question, campaign.id, withChildren));
  const timeline = useQuery(
    visitTimelineReport(question, campaign.id, { interval, include_children: withChildren }),
  );
  const data = analytics.data?.data;
  return (
    <>
      <QuestionBar preferred={preferred} />
      <Stack gap="md">
        <ChildrenSwitch campaign={campaign} />
        {analytics.error !== null && (
          <FailedState error={analytics.error} onRetry={() => void analytics.refetch()} />
        )}
        {data === undefined && analytics.error === null && <LoadingRows label="Visits" />}
        {data !== undefined && <VisitTiles analytics={data} timeline={timeline.data?.data} />}
        {data !== undefined && data.total_visits === 0 && (
          <EmptyState
            title="Nobody came by its links in this range"
            action={<TextLink to={paths.tracking}>Set tracking up</TextLink>}
          >
            A visit is counted when somebody arrives with the tracking code {campaign.tracking_code} in the
            address.
          </EmptyState>
        )}
        {data !== undefined && data.total_visits > 0 && (
          <>
            <VisitsOverTime timeline={timeline} interval={interval} question={question} />
            <Countries countries={data.countries} currency={data.currency} />
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <Shares
                title="Devices"
                shares={data.devices.map((share) => ({ ...share, name: deviceName(share.device_type) }))}
              />
              <Shares
                title="Channels"
                shares={data.channels.map((share) => ({ ...share, name: channelName(share.channel) }))}
              />
            </SimpleGrid>
            {seesVisits && <VisitList campaign={campaign} question={question} withChildren={withChildren} />}
          </>
        )}
      </Stack>
      <ReportNotes meta={analytics.data?.meta} />
      {data !== undefined && (
        <Text size="xs" c="dimmed">
          {keptApartText(data.kept_apart)}
        </Text>
      )}
    </>
  );
}
