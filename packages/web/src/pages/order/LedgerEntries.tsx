import { useMemo } from 'react';
import type { CreditEntry, Order } from '../../api/types/order.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatQuantity } from '../../format/number.ts';
import { formatExactInstant } from '../../format/time.ts';
import { modelWords } from '../../question/models.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type LedgerEntriesProps = { entries: CreditEntry[]; order: Order; tz: string };

/** All that was ever posted for the order; nothing of it is changed, only added to. */
export function LedgerEntries({ entries, order, tz }: LedgerEntriesProps) {
  const columns = useMemo(() => columnsFor(order.currency, tz), [order.currency, tz]);
  return (
    <Panel title="Ledger entries" note="The ledger only grows: a refund or a cancellation adds entries">
      <DataTable
        label="Ledger entries"
        name="ledger-"
        columns={columns}
        rows={entries}
        rowId={({ id }) => id}
        sort={{ id: 'posted_at', desc: false }}
        csv={`ledger-${order.external_id}`}
        empty="Nothing was posted for this order"
      />
    </Panel>
  );
}

function columnsFor(currency: string, tz: string): Column<CreditEntry>[] {
  return [
    {
      id: 'campaign',
      header: 'Campaign',
      value: ({ campaign_name }) => campaign_name,
      cell: ({ campaign_id, campaign_name }) => <CampaignName id={campaign_id} name={campaign_name} />,
    },
    { id: 'model', header: 'Model', value: ({ model }) => modelWords(model).label },
    { id: 'line', header: 'Line', numeric: true, value: ({ line_no }) => line_no },
    { id: 'kind', header: 'Kind', value: ({ kind }) => kind },
    {
      id: 'quantity',
      header: 'Units',
      numeric: true,
      wide: true,
      value: ({ quantity }) => quantity,
      cell: ({ quantity }) => formatQuantity(quantity),
    },
    {
      id: 'revenue',
      header: `Revenue (${currency})`,
      numeric: true,
      value: ({ revenue }) => revenue,
      cell: ({ revenue }) => formatAmount(revenue, currency),
    },
    {
      id: 'profit',
      header: `Profit (${currency})`,
      numeric: true,
      wide: true,
      value: ({ profit }) => profit,
      cell: ({ profit }) => formatAmount(profit, currency),
    },
    {
      id: 'posted_at',
      header: `Posted (${tz})`,
      wide: true,
      value: ({ posted_at }) => posted_at,
      cell: ({ posted_at }) => formatExactInstant(posted_at, tz),
    },
    { id: 'reason', header: 'Reason', wide: true, value: ({ reason }) => reason },
  ];
}
