import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { leaderboardReport } from '../../api/reports.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { ButtonLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { paths } from '../../paths.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import { oneOf, useUrlState } from '../../url-state.ts';
import { CampaignCards } from './CampaignCards.tsx';
import { CampaignFilters } from './CampaignFilters.tsx';
import { CampaignTable } from './CampaignTable.tsx';
import { filterCampaigns, isFiltered } from './filter-campaigns.ts';
import { withFigures } from './with-figures.ts';

const views = ['tree', 'table', 'cards'] as const;

/** All campaigns with what they earned and cost in the range. */
export function Page() {
  const question = useQuestion();
  const [state, change] = useUrlState();
  const view = oneOf(state.view, views);
  const mayWrite = useMay('campaigns:write');
  const campaigns = useCampaigns();
  const leaderboard = useQuery(leaderboardReport(question));
  const rows = useMemo(
    () =>
      campaigns.data &&
      withFigures(filterCampaigns(campaigns.data.rows, state), leaderboard.data?.data ?? []),
    [campaigns.data, leaderboard.data, state],
  );
  const empty = isFiltered(state) ? (
    <EmptyState title="No campaign passes these filters">
      Take one away, or look among the archived.
    </EmptyState>
  ) : (
    <EmptyState
      title="No campaigns yet"
      action={
        mayWrite && (
          <ButtonLink to={paths.newCampaign} mt="sm">
            Create the first one
          </ButtonLink>
        )
      }
    >
      Here stands what you promote: each campaign with its period, its products, what it cost and earned.
    </EmptyState>
  );
  const shown = { rows, empty, question, error: campaigns.error, onRetry: () => void campaigns.refetch() };
  return (
    <>
      <PageHeader
        title="Campaigns"
        actions={mayWrite && <ButtonLink to={paths.newCampaign}>New campaign</ButtonLink>}
      >
        What is promoted, and what it earned in the range.
      </PageHeader>
      <QuestionBar />
      <CampaignFilters campaigns={campaigns.data?.rows ?? []}>
        <SegmentedControl
          size="xs"
          aria-label="How campaigns are shown"
          value={view}
          onChange={(value) => change({ view: value === 'tree' ? undefined : value, page: undefined })}
          data={views.map((value) => ({ value, label: `${value.charAt(0).toUpperCase()}${value.slice(1)}` }))}
        />
      </CampaignFilters>
      {view === 'cards' ? <CampaignCards {...shown} /> : <CampaignTable {...shown} tree={view === 'tree'} />}
      <ReportNotes meta={leaderboard.data?.meta} />
    </>
  );
}
