import { MultiSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { campaignComparison } from '../../api/reports.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { useUrlState } from '../../url-state.ts';
import { ComparedTable } from './ComparedTable.tsx';

const preferred = 'last_touch';
const most = 10;

/** Whether one campaign converts better than another, in plain words, and by how much. */
export function Page() {
  const question = useQuestion(preferred);
  const [state, change] = useUrlState();
  const { data: campaigns } = useCampaigns();
  const ids = state.ids?.split(',').filter((id) => campaigns?.byId.has(id)) ?? [];
  const comparison = useQuery({ ...campaignComparison(question, ids), enabled: ids.length > 1 });
  const data = ids.length > 1 ? comparison.data?.data : undefined;
  return (
    <>
      <PageHeader title="Compare campaigns">
        Whether one converts better than another, or whether that may be chance.
      </PageHeader>
      <QuestionBar preferred={preferred} />
      <Stack gap="md">
        <MultiSelect
          label="Campaigns"
          description={`Two or more, at most ${most}`}
          placeholder={ids.length === 0 ? 'Choose two' : undefined}
          maw={720}
          searchable
          maxValues={most}
          data={(campaigns?.rows ?? []).map(({ id, name, tracking_code }) => ({
            value: id,
            label: `${name} · ${tracking_code}`,
          }))}
          value={ids}
          onChange={(chosen) => change({ ids: chosen.join(',') || undefined })}
        />
        {ids.length < 2 && (
          <EmptyState title="Choose two campaigns">
            Their visits and orders tell whether one converts better, and how many visits are missing for an
            answer.
          </EmptyState>
        )}
        {ids.length > 1 && comparison.error !== null && (
          <FailedState error={comparison.error} onRetry={() => void comparison.refetch()} />
        )}
        {ids.length > 1 && data === undefined && comparison.error === null && (
          <LoadingRows label="Comparison" />
        )}
        {data !== undefined && (
          <Panel title={data.decided ? 'The verdict' : 'No verdict yet'}>
            <Text size="lg" fw={600} mb="md" role="status">
              {data.verdict}
            </Text>
            <ComparedTable campaigns={data.campaigns} currency={question.currency} />
          </Panel>
        )}
      </Stack>
      {data !== undefined && <ReportNotes meta={comparison.data?.meta} />}
    </>
  );
}
