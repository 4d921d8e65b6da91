import { useMemo } from 'react';
import { isUnderWay } from '../../api/operations.ts';
import type { Backfill } from '../../api/types/operations.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatAmount, formatMoney } from '../../format/money.ts';
import { modelWords } from '../../question/models.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type Moved = Backfill['moved'][number];
type MovedCampaign = Moved['campaigns'][number];

/** What each campaign had before and has after, under each model. */
export function MovedCredit({ backfill }: { backfill: Backfill }) {
  const moved = backfill.moved.filter(({ amount }) => amount !== 0);
  if (moved.length === 0) {
    return isUnderWay(backfill) ? null : (
      <EmptyState title="No credit moves">The ledger already says what the facts say.</EmptyState>
    );
  }
  return moved.map((each) => <MovedUnder key={`${each.model} ${each.currency}`} moved={each} />);
}

function MovedUnder({ moved }: { moved: Moved }) {
  const { model, currency, amount, campaigns } = moved;
  const columns = useMemo(() => columnsFor(currency), [currency]);
  return (
    <Panel title={modelWords(model).label} note={`${formatMoney(amount, currency)} of credit moves`}>
      <DataTable
        label={`What moves under ${modelWords(model).label}`}
        name={`${model}-${currency}-`}
        columns={columns}
        rows={campaigns}
        rowId={({ campaign_id }) => campaign_id}
        sort={{ id: 'change', desc: true }}
        csv={`backfill-${model}`}
        empty="No campaign’s sum changes: credit moves between its own lines or moments"
      />
    </Panel>
  );
}

function columnsFor(currency: string): Column<MovedCampaign>[] {
  const money = (id: 'before' | 'after' | 'change', header: string): Column<MovedCampaign> => ({
    id,
    header: `${header} (${currency})`,
    numeric: true,
    value: (row) => row[id],
    cell: (row) => formatAmount(row[id], currency),
  });
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: ({ name }) => name,
      cell: ({ campaign_id, name }) => <CampaignName id={campaign_id} name={name} />,
    },
    money('before', 'Before'),
    money('after', 'After'),
    money('change', 'Change'),
  ];
}
