import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { spendQuery } from '../../api/campaigns.ts';
import type { Campaign, SpendEntry } from '../../api/types/campaign.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatAmount, formatMoney } from '../../format/money.ts';
import { formatDay } from '../../format/time.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { pacingText } from './pacing-text.ts';
import { SpendForm } from './SpendForm.tsx';

/** What it cost, day by day, and how that compares with the budget. */
export function SpendTab({ campaign }: { campaign: Campaign }) {
  const spend = useQuery(spendQuery(campaign.id));
  const mayWrite = useMay('spend:write');
  const pacing = pacingText(campaign, new Date());
  return (
    <Stack gap="md">
      <Text size="sm">
        {formatMoney(campaign.spend_to_date, campaign.currency)} to date
        {campaign.spend_in_other_currencies.map(
          ({ currency, amount }) => `, and ${formatMoney(amount, currency)}`,
        )}
        {pacing === null ? '.' : `: ${pacing}.`}
      </Text>
      {mayWrite && (
        <Panel
          title="Enter spend"
          note="An entry by hand is added. With a source, it replaces what that source said of the day."
        >
          <SpendForm campaign={campaign} />
        </Panel>
      )}
      <DataTable
        label="Spend entries"
        columns={columns}
        rows={spend.data?.rows}
        rowId={({ id }) => id}
        sort={{ id: 'day', desc: true }}
        error={spend.error}
        onRetry={() => void spend.refetch()}
        csv={`${campaign.tracking_code}-spend`}
        empty={
          <EmptyState title="No spend is entered">
            Without spend there is no return to compute: ROI and ROAS stay “–”.
          </EmptyState>
        }
      />
    </Stack>
  );
}

const columns: Column<SpendEntry>[] = [
  { id: 'day', header: 'Day', value: ({ day }) => day, cell: ({ day }) => formatDay(day) },
  {
    id: 'amount',
    header: 'Amount',
    numeric: true,
    value: ({ amount }) => amount,
    cell: ({ amount, currency }) => formatAmount(amount, currency),
  },
  { id: 'currency', header: 'Currency', value: ({ currency }) => currency },
  { id: 'source', header: 'Source', value: ({ source }) => source },
  { id: 'kind', header: 'Kind', wide: true, value: ({ kind }) => kind },
  { id: 'note', header: 'Note', wide: true, value: ({ note }) => note },
  { id: 'created_by', header: 'Entered by', wide: true, value: ({ created_by }) => created_by },
];
