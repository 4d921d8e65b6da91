import { Alert, Table, Text } from '@mantine/core';
import type { Preview } from '../../api/types/campaign.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { formatAmount, formatMoney } from '../../format/money.ts';
import { formatCount } from '../../format/number.ts';
import { modelWords } from '../../question/models.ts';

/** What a change would move, asked before it is made. */
export function PreviewText({ preview, error }: { preview: Preview | undefined; error: Error | null }) {
  if (error !== null) return <FailedState error={error} />;
  if (preview === undefined) {
    return (
      <Text size="sm" c="dimmed" role="status">
        Looking at which past orders it reaches…
      </Text>
    );
  }
  const { orders, moved } = preview.would;
  if (orders === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        0 past orders change.
      </Text>
    );
  }
  return (
    <Alert variant="light" color="yellow" title={`${formatCount(orders)} past orders change`} role="status">
      {moved.map(({ model, currency, revenue, campaigns }) => (
        <div key={`${model} ${currency}`}>
          <Text size="sm">
            {modelWords(model).label}: {formatMoney(revenue, currency)} of credit moves.
          </Text>
          <MovedTable currency={currency} campaigns={campaigns} />
        </div>
      ))}
    </Alert>
  );
}

type MovedTableProps = {
  currency: string;
  campaigns: { campaign_id: string; before: number; after: number }[];
};

function MovedTable({ currency, campaigns }: MovedTableProps) {
  const byId = useCampaigns().data?.byId;
  const changed = campaigns.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return null;
  return (
    <Table fz="xs" mb="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Campaign</Table.Th>
          <Table.Th ta="end">Before ({currency})</Table.Th>
          <Table.Th ta="end">After ({currency})</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changed.map(({ campaign_id, before, after }) => (
          <Table.Tr key={campaign_id}>
            <Table.Td>{byId?.get(campaign_id)?.name ?? campaign_id}</Table.Td>
            <Table.Td ta="end">{formatAmount(before, currency)}</Table.Td>
            <Table.Td ta="end">{formatAmount(after, currency)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
