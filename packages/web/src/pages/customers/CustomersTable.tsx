import { useMemo } from 'react';
import type { Answer } from '../../api/ask.ts';
import type { CustomerFigures, CustomersMeta, CustomersRow } from '../../api/types/report.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { ChangeText } from '../../elements/ChangeText.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { platformName } from '../../elements/platform.ts';
import { formatAmount } from '../../format/money.ts';
import { formatCount, formatRatio } from '../../format/number.ts';
import type { Question } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type CustomersTableProps = {
  label: string;
  answer: Answer<CustomersRow[], CustomersMeta> | undefined;
  error: Error | null;
  onRetry: () => void;
  question: Question;
  by: 'campaign' | 'month';
};

export function CustomersTable({ label, answer, error, onRetry, question, by }: CustomersTableProps) {
  const columns = useMemo(() => columnsFor(question, by), [question, by]);
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={answer?.data}
      rowId={({ campaign_id, month }) => campaign_id ?? month ?? ''}
      sort={by === 'campaign' ? { id: 'customers', desc: true } : { id: 'month', desc: false }}
      error={error}
      onRetry={onRetry}
      name={by === 'campaign' ? '' : 'months'}
      csv={`customers-by-${by}`}
      total={answer === undefined || answer.data.length === 0 ? undefined : totalRow(answer.meta.totals)}
      empty={
        <EmptyState title="No campaign acquired anybody in this range">
          Orders that name their customer show here once a campaign is credited with one. Choose a longer
          range, or take filters away.
        </EmptyState>
      }
    />
  );
}

function columnsFor({ currency, compare }: Question, by: 'campaign' | 'month'): Column<CustomersRow>[] {
  const money = (id: keyof CustomerFigures, header: string, definition: string): Column<CustomersRow> => ({
    id,
    header: `${header} (${currency})`,
    definition,
    numeric: true,
    value: (row) => row[id],
    cell: (row) => formatAmount(row[id], currency),
  });
  return [
    ...(by === 'campaign' ? campaignColumns : [monthColumn]),
    {
      id: 'customers',
      header: 'Customers',
      definition: 'Customers whose first credited order lies in the range, each with one campaign.',
      numeric: true,
      value: ({ customers }) => customers,
      cell: ({ customers }) => formatCount(customers),
    },
    ...(compare ? [changeColumn] : []),
    money('new_customer_revenue', 'New-customer revenue', 'Credited revenue of customers’ first orders.'),
    money('spend', 'Spend', 'Spend entries dated in the range.'),
    money('cac', 'CAC', 'Spend ÷ customers acquired.'),
    money('ltv', 'LTV', 'All that these customers bought to date ÷ customers.'),
    {
      id: 'ltv_to_cac',
      header: 'LTV ÷ CAC',
      definition: 'Revenue to date ÷ spend; “–” without spend.',
      numeric: true,
      value: ({ ltv_to_cac }) => ltv_to_cac,
      cell: ({ ltv_to_cac }) => formatRatio(ltv_to_cac),
    },
    {
      ...money('revenue_to_date', 'Revenue to date', 'All that these customers bought to date.'),
      wide: true,
    },
  ];
}

const campaignColumns: Column<CustomersRow>[] = [
  {
    id: 'name',
    header: 'Campaign',
    value: ({ name }) => name,
    cell: ({ campaign_id, name }) =>
      campaign_id === null ? name : <CampaignName id={campaign_id} name={name ?? ''} />,
  },
  {
    id: 'platform',
    header: 'Platform',
    wide: true,
    value: ({ platform }) => platform,
    cell: ({ platform }) => (platform === null ? '' : platformName(platform)),
  },
];

const monthColumn: Column<CustomersRow> = {
  id: 'month',
  header: 'Month',
  value: ({ month }) => month,
};

const changeColumn: Column<CustomersRow> = {
  id: 'change',
  header: 'Change',
  definition: 'Of customers, against the period before',
  numeric: true,
  value: ({ change }) => change?.customers,
  cell: ({ change }) => <ChangeText change={change?.customers} />,
};

function totalRow(totals: CustomersMeta['totals']): CustomersRow {
  const none = { rank: 0, campaign_id: null, platform: null, status: null };
  return { ...none, ...totals, name: 'Altogether', month: 'Altogether' };
}
