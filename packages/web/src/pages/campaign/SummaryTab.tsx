import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { summaryReport, timelineReport } from '../../api/reports.ts';
import type { Campaign } from '../../api/types/campaign.ts';
import { FigureTile } from '../../charts/FigureTile.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { type FigureName, figures, formatFigureShort, formatFigureWhole } from '../../format/figures.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useInterval } from '../../question/use-interval.ts';
import { useQuestion } from '../../question/use-question.ts';
import { CampaignFacts } from './CampaignFacts.tsx';
import { CampaignTimeline } from './CampaignTimeline.tsx';
import { ChildrenSwitch } from './ChildrenSwitch.tsx';
import { RunningPeriods } from './RunningPeriods.tsx';
import { useWithChildren } from './use-with-children.ts';

const shown = [
  'revenue',
  'profit',
  'spend',
  'roi',
  'roas',
  'orders',
  'average_order_value',
] as const satisfies FigureName[];

/** What the campaign earned and cost in the range. */
export function SummaryTab({ campaign }: { campaign: Campaign }) {
  const question = useQuestion();
  const [withChildren] = useWithChildren();
  const interval = useInterval(question);
  const summary = useQuery(summaryReport(question, campaign.id, withChildren));
  const timeline = useQuery(
    timelineReport(question, { campaignId: campaign.id, interval, include_children: withChildren }),
  );
  const data = summary.data?.data;
  return (
    <>
      <QuestionBar />
      <Stack gap="md">
        <ChildrenSwitch campaign={campaign} />
        {summary.error !== null && (
          <FailedState error={summary.error} onRetry={() => void summary.refetch()} />
        )}
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 4, xl: 7 }} spacing="sm" mih={130}>
          {data !== undefined &&
            shown.map((name) => (
              <FigureTile
                key={name}
                label={figures[name].label}
                definition={figures[name].definition}
                better={figures[name].better}
                value={formatFigureShort(name, data[name], data.currency)}
                whole={formatFigureWhole(name, data[name], data.currency)}
                change={data.change === undefined || name === 'roi' ? undefined : data.change[name]}
                previous={data.previous && formatFigureShort(name, data.previous[name], data.currency)}
                course={timeline.data?.data.map((row) => row[name])}
                note={name === 'roi' ? data.tier : undefined}
              />
            ))}
        </SimpleGrid>
        <CampaignTimeline timeline={timeline} interval={interval} question={question} />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <RunningPeriods campaign={campaign} tz={question.tz} />
          <CampaignFacts campaign={campaign} tz={question.tz} />
        </SimpleGrid>
      </Stack>
      <ReportNotes meta={summary.data?.meta} />
    </>
  );
}
