import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Answer } from '../../api/ask.ts';
import type { LeaderboardMeta, LeaderboardRow } from '../../api/types/report.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { ChangeText } from '../../elements/ChangeText.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { platformName } from '../../elements/platform.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import type { Question } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { figureColumn } from '../../table/figure-column.tsx';

type LeaderboardTableProps = {
  answer: Answer<LeaderboardRow[], LeaderboardMeta> | undefined;
  error: Error | null;
  onRetry: () => void;
  question: Question;
};

export function LeaderboardTable({ answer, error, onRetry, question }: LeaderboardTableProps) {
  const columns = useMemo(() => columnsFor(question), [question]);
  const totals = answer?.meta.totals;
  return (
    <DataTable
      label="Leaderboard"
      columns={columns}
      rows={answer?.data}
      rowId={({ campaign_id }) => campaign_id}
      sort={{ id: 'revenue', desc: true }}
      error={error}
      onRetry={onRetry}
      csv="leaderboard"
      total={totals ? totalRow(totals) : undefined}
      empty={
        <EmptyState title="No campaign earned or cost anything in this range">
          Choose a longer range, or take filters away.
        </EmptyState>
      }
    />
  );
}

function columnsFor({ currency, compare }: Question): Column<LeaderboardRow>[] {
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: ({ name }) => name,
      cell: ({ campaign_id, name }) =>
        campaign_id === '' ? (
          <Text span inherit title="Everything once, whatever the rows above add up to">
            {name}
          </Text>
        ) : (
          <CampaignName id={campaign_id} name={name} />
        ),
    },
    {
      id: 'platform',
      header: 'Platform',
      wide: true,
      value: ({ platform }) => platform,
      cell: ({ platform }) => (platform === '' ? '' : platformName(platform)),
    },
    {
      id: 'status',
      header: 'Status',
      wide: true,
      value: ({ status }) => status,
      cell: ({ status }) => (status === '' ? '' : <StatusBadge status={status} />),
    },
    figureColumn('revenue', currency),
    ...(compare
      ? [
          {
            id: 'change',
            header: 'Change',
            definition: 'Of revenue, against the period before',
            numeric: true,
            value: ({ change }: LeaderboardRow) => change?.revenue,
            cell: ({ change }: LeaderboardRow) => <ChangeText change={change?.revenue} />,
          },
        ]
      : []),
    figureColumn('profit', currency),
    figureColumn('spend', currency),
    figureColumn('roi', currency),
    figureColumn('roas', currency),
    {
      id: 'tier',
      header: 'Tier',
      definition: 'High ROI from 100 %, Good ROI from 50 %, else Standard',
      wide: true,
      value: ({ tier }) => tier,
    },
    figureColumn('orders', currency),
    figureColumn('units', currency, { wide: true }),
    figureColumn('average_order_value', currency, { wide: true }),
  ];
}

function totalRow(totals: NonNullable<LeaderboardMeta['totals']>): LeaderboardRow {
  const none = { rank: 0, campaign_id: '', platform: '', status: '', tier: '', tracking_code: '' };
  return { ...none, ...totals, name: 'Altogether, each sale once', parent_campaign_id: null };
}
