import { Group, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { leaderboardReport } from '../../api/reports.ts';
import { campaignStatuses, platforms } from '../../api/types/campaign.ts';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { platformName } from '../../elements/platform.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { useUrlState } from '../../url-state.ts';
import { LeaderboardTable } from './LeaderboardTable.tsx';

/** Campaigns by any figure, under any model. */
export function Page() {
  const question = useQuestion();
  const [state, change] = useUrlState();
  const { platform, status } = state;
  const children = state.children === 'with';
  const leaderboard = useQuery(
    leaderboardReport(question, { platform, status, include_children: children || undefined }),
  );
  return (
    <>
      <PageHeader title="Leaderboard">Which campaign earned what. Every column sorts.</PageHeader>
      <QuestionBar />
      <Group gap="xs" mb="sm" className="no-print">
        <Select
          aria-label="Platform"
          placeholder="All platforms"
          size="xs"
          w={150}
          clearable
          data={platforms.map((value) => ({ value, label: platformName(value) }))}
          value={platform ?? null}
          onChange={(value) => change({ platform: value ?? undefined, page: undefined })}
        />
        <Select
          aria-label="Status"
          placeholder="Any status"
          size="xs"
          w={130}
          clearable
          data={[...campaignStatuses]}
          value={status ?? null}
          onChange={(value) => change({ status: value ?? undefined, page: undefined })}
        />
        <Switch
          size="xs"
          label="With the campaigns below each"
          checked={children}
          onChange={(event) => change({ children: event.currentTarget.checked ? 'with' : undefined })}
        />
      </Group>
      <LeaderboardTable
        answer={leaderboard.data}
        error={leaderboard.error}
        onRetry={() => leaderboard.refetch()}
        question={question}
      />
      <ReportNotes meta={leaderboard.data?.meta} />
    </>
  );
}
