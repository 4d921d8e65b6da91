import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { healthReport } from '../../api/reports.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { CoverageTiles } from './CoverageTiles.tsx';
import { Overlap } from './Overlap.tsx';
import { UnattributedProducts } from './UnattributedProducts.tsx';

/** How much of what could be credited is credited, by how many campaigns, and what no campaign promotes. */
export function Page() {
  const question = useQuestion();
  const health = useQuery(healthReport(question));
  const data = health.data?.data;
  return (
    <>
      <PageHeader title="Attribution health">
        How much of what was sold some campaign earned, and what sold without any.
      </PageHeader>
      <QuestionBar />
      {health.error !== null && <FailedState error={health.error} onRetry={() => void health.refetch()} />}
      {health.isPending && <LoadingRows label="Attribution health" rows={10} />}
      {data !== undefined && (
        <Stack gap="md">
          <CoverageTiles health={data} previous={data.previous} />
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <Overlap health={data} />
            <UnattributedProducts health={data} question={question} />
          </SimpleGrid>
        </Stack>
      )}
      <ReportNotes meta={health.data?.meta} />
    </>
  );
}
