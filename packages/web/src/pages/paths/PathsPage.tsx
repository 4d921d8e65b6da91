import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { overlapReport, pathsReport } from '../../api/reports.ts';
import type { PathSummary } from '../../api/types/analytics.ts';
import { FigureTile } from '../../charts/FigureTile.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { formatDuration } from '../../format/duration.ts';
import { formatCount, formatQuantity } from '../../format/number.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { OverlapTable } from './OverlapTable.tsx';
import { PathTable } from './PathTable.tsx';

const preferred = 'last_touch';

/** By which ways customers came to buy, how long these are, and which campaigns meet on them. */
export function Page() {
  const question = useQuestion(preferred);
  const paths = useQuery(pathsReport(question));
  const overlap = useQuery(overlapReport(question));
  return (
    <>
      <PageHeader title="Paths">The ways by which customers came to buy, touch by touch.</PageHeader>
      <QuestionBar preferred={preferred} />
      <Stack gap="md">
        {paths.data !== undefined && <SummaryTiles summary={paths.data.meta.summary} />}
        <PathTable
          rows={paths.data?.data}
          currency={question.currency}
          error={paths.error}
          onRetry={() => void paths.refetch()}
        />
        <OverlapTable
          rows={overlap.data?.data}
          error={overlap.error}
          onRetry={() => void overlap.refetch()}
        />
      </Stack>
      <ReportNotes meta={paths.data?.meta} />
    </>
  );
}

function SummaryTiles({ summary }: { summary: PathSummary }) {
  const { conversions, without_path, paths, touches, seconds_from_first, seconds_from_last } = summary;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      <FigureTile
        label="Orders with a path"
        definition="Orders before which a touch of a campaign can be credited."
        value={formatCount(conversions)}
      />
      <FigureTile
        label="Without a path"
        definition="Orders before which there was no touch that can be credited."
        value={formatCount(without_path)}
      />
      <FigureTile
        label="Different paths"
        definition="Distinct sequences of campaigns."
        value={formatCount(paths)}
      />
      <FigureTile
        label="Touches, median"
        definition="Half of the paths have no more touches than this."
        value={formatQuantity(touches?.median)}
      />
      <FigureTile
        label="From the first touch"
        definition="The time from the first touch to the order, the median."
        value={formatDuration(seconds_from_first?.median, 'short')}
      />
      <FigureTile
        label="From the last touch"
        definition="The time from the last touch to the order, the median."
        value={formatDuration(seconds_from_last?.median, 'short')}
      />
    </SimpleGrid>
  );
}
