import type { LeaderboardRow } from '../../api/types/report.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { RankedBars } from '../../charts/RankedBars.tsx';
import { ChangeText } from '../../elements/ChangeText.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatShortMoney } from '../../format/money.ts';
import { paths } from '../../paths.ts';
import type { Question } from '../../question/use-question.ts';
import { hueColor } from '../../theme/palette.ts';

/** The campaigns that earned most. */
export function TopCampaigns({ rows, question }: { rows: LeaderboardRow[]; question: Question }) {
  const campaigns = useCampaigns().data?.byId;
  return (
    <Panel
      title="Top campaigns"
      note={question.additive ? 'By credited revenue' : 'By credited revenue: reach, does not add up'}
      actions={
        <TextLink to={paths.leaderboard} size="sm">
          Leaderboard, with its table
        </TextLink>
      }
    >
      {rows.length === 0 ? (
        <EmptyState title="No campaign earned or cost anything in this range" />
      ) : (
        <RankedBars
          label="Campaigns by revenue"
          bars={rows.map((row) => ({
            id: row.campaign_id,
            label: <CampaignName id={row.campaign_id} name={row.name} />,
            value: row.revenue,
            shown: formatShortMoney(row.revenue, question.currency),
            color: hueColor(campaigns?.get(row.campaign_id)?.place),
            note: row.change && <ChangeText change={row.change.revenue} />,
          }))}
        />
      )}
    </Panel>
  );
}
