import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { overviewReport, timelineReport } from '../../api/reports.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useInterval } from '../../question/use-interval.ts';
import { useQuestion } from '../../question/use-question.ts';
import { FirstSteps } from './FirstSteps.tsx';
import { HealthSentence } from './HealthSentence.tsx';
import { OverviewTiles } from './OverviewTiles.tsx';
import { Platforms } from './Platforms.tsx';
import { RevenueOverTime } from './RevenueOverTime.tsx';
import { TopCampaigns } from './TopCampaigns.tsx';

/** How campaigns do altogether. */
export function Page() {
  const question = useQuestion();
  const interval = useInterval(question);
  const overview = useQuery(overviewReport(question));
  const timeline = useQuery(timelineReport(question, { interval }));
  const data = overview.data?.data;
  return (
    <>
      <PageHeader title="Overview">{data && <HealthSentence overview={data} />}</PageHeader>
      <QuestionBar />
      {overview.error !== null && <FailedState error={overview.error} onRetry={() => overview.refetch()} />}
      {overview.isPending && <LoadingRows label="Overview" rows={12} />}
      {data !== undefined && (
        <Stack gap="md">
          <FirstSteps overview={data} />
          <OverviewTiles overview={data} timeline={timeline.data?.data} />
          <RevenueOverTime
            platforms={data.platforms}
            timeline={timeline}
            interval={interval}
            question={question}
          />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <TopCampaigns rows={data.top_campaigns} question={question} />
            <Platforms rows={data.platforms} question={question} />
          </SimpleGrid>
        </Stack>
      )}
      <ReportNotes meta={overview.data?.meta} />
    </>
  );
}
