import type { OverlappingPair } from '../../api/types/analytics.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatCount, formatPercent } from '../../format/number.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type OverlapTableProps = { rows: OverlappingPair[] | undefined; error: Error | null; onRetry: () => void };

/** Which campaigns meet on the way to the same orders. */
export function OverlapTable({ rows, error, onRetry }: OverlapTableProps) {
  return (
    <Panel
      title="Campaigns that meet"
      note="Orders that both touched: they work together, or pay twice for one buyer"
    >
      <DataTable
        label="Campaigns that meet"
        name="overlap-"
        columns={columns}
        rows={rows}
        rowId={({ rank }) => String(rank)}
        sort={{ id: 'orders', desc: true }}
        error={error}
        onRetry={onRetry}
        csv="touch-overlap"
        pageSize={10}
        empty="No two campaigns touched the same order"
      />
    </Panel>
  );
}

const columns: Column<OverlappingPair>[] = [
  {
    id: 'name',
    header: 'Campaign',
    value: ({ name }) => name,
    cell: ({ campaign_id, name }) => <CampaignName id={campaign_id} name={name} />,
  },
  {
    id: 'other_name',
    header: 'and',
    value: ({ other_name }) => other_name,
    cell: ({ other_campaign_id, other_name }) => <CampaignName id={other_campaign_id} name={other_name} />,
  },
  {
    id: 'orders',
    header: 'Orders of both',
    numeric: true,
    value: ({ orders }) => orders,
    cell: ({ orders }) => formatCount(orders),
  },
  {
    id: 'share_of_campaign',
    header: 'Of the first',
    definition: 'Orders of both ÷ orders that the first touched × 100.',
    numeric: true,
    wide: true,
    value: ({ share_of_campaign }) => share_of_campaign,
    cell: ({ share_of_campaign }) => formatPercent(share_of_campaign),
  },
  {
    id: 'share_of_other',
    header: 'Of the second',
    definition: 'Orders of both ÷ orders that the second touched × 100.',
    numeric: true,
    wide: true,
    value: ({ share_of_other }) => share_of_other,
    cell: ({ share_of_other }) => formatPercent(share_of_other),
  },
];
