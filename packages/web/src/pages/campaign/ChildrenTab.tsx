import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { leaderboardReport } from '../../api/reports.ts';
import type { Campaign } from '../../api/types/campaign.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { ButtonLink } from '../../elements/links.tsx';
import { paths } from '../../paths.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import { CampaignTable } from '../campaigns/CampaignTable.tsx';
import { withFigures } from '../campaigns/with-figures.ts';

/** The campaigns right below this one. */
export function ChildrenTab({ campaign }: { campaign: Campaign }) {
  const question = useQuestion();
  const mayWrite = useMay('campaigns:write');
  const campaigns = useCampaigns();
  const leaderboard = useQuery(leaderboardReport(question));
  const rows = useMemo(() => {
    const children = campaigns.data?.rows.filter(
      ({ parent_campaign_id }) => parent_campaign_id === campaign.id,
    );
    return children && withFigures(children, leaderboard.data?.data ?? []);
  }, [campaigns.data, leaderboard.data, campaign.id]);
  const add = mayWrite && (
    <ButtonLink to={paths.newCampaign} search={{ parent: campaign.id }} size="xs" variant="default" mt="sm">
      Create a campaign below it
    </ButtonLink>
  );
  return (
    <>
      <QuestionBar />
      <CampaignTable
        rows={rows}
        tree={false}
        question={question}
        error={campaigns.error}
        onRetry={() => void campaigns.refetch()}
        empty={
          <EmptyState title="Nothing stands below it" action={add}>
            A campaign can hold others, such as its ads; its figures can be read alone or with theirs.
          </EmptyState>
        }
      />
      {rows !== undefined && rows.length > 0 && add}
      <ReportNotes meta={leaderboard.data?.meta} />
    </>
  );
}
