import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { targetsQuery } from '../../api/campaigns.ts';
import type { Campaign, Target } from '../../api/types/campaign.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { formatInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { AddTargetsDialog } from './AddTargetsDialog.tsx';
import { RemoveTargetDialog } from './RemoveTargetDialog.tsx';
import { TargetPeriods } from './TargetPeriods.tsx';

/** Which products the campaign promotes and has promoted, when. */
export function TargetsTab({ campaign }: { campaign: Campaign }) {
  const { tz } = useQuestion();
  const targets = useQuery(targetsQuery(campaign.id));
  const mayWrite = useMay('campaigns:write') && campaign.status !== 'ended';
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Target>();
  const columns = useMemo(() => columnsFor(tz, mayWrite ? setRemoving : undefined), [tz, mayWrite]);
  const rows = targets.data?.rows;
  const active = rows?.filter((target) => target.active).length ?? 0;
  const add = mayWrite && (
    <Button size="xs" onClick={() => setAdding(true)}>
      Add products
    </Button>
  );
  return (
    <Stack gap="md">
      {rows !== undefined && rows.length > 0 && (
        <Group justify="space-between">
          <Text size="sm">
            {active} {active === 1 ? 'product is' : 'products are'} targeted, in {rows.length}{' '}
            {rows.length === 1 ? 'period' : 'periods'} so far.
          </Text>
          {add}
        </Group>
      )}
      {rows !== undefined && rows.length > 0 && <TargetPeriods targets={rows} campaign={campaign} tz={tz} />}
      <DataTable
        label="Targets"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        sort={{ id: 'effective_from', desc: true }}
        error={targets.error}
        onRetry={() => void targets.refetch()}
        csv={`${campaign.tracking_code}-targets`}
        empty={
          <EmptyState title="It targets no product yet" action={add}>
            Say which products it promotes. While it runs, each sale of one of them credits it.
          </EmptyState>
        }
      />
      {adding && <AddTargetsDialog campaign={campaign} onClose={() => setAdding(false)} />}
      {removing !== undefined && (
        <RemoveTargetDialog campaign={campaign} target={removing} onClose={() => setRemoving(undefined)} />
      )}
    </Stack>
  );
}

function columnsFor(tz: string, remove: ((target: Target) => void) | undefined): Column<Target>[] {
  return [
    {
      id: 'name',
      header: 'Product',
      value: ({ name, external_id }) => name ?? external_id,
      cell: ({ product_id, name, external_id }) => (
        <TextLink to={paths.product} params={{ productId: product_id }} inherit>
          {name ?? external_id}
        </TextLink>
      ),
    },
    { id: 'sku', header: 'SKU', wide: true, value: ({ sku, external_id }) => sku ?? external_id },
    {
      id: 'effective_from',
      header: `From (${tz})`,
      value: ({ effective_from }) => effective_from,
      cell: ({ effective_from }) => formatInstant(effective_from, tz),
    },
    {
      id: 'effective_to',
      header: `Until (${tz})`,
      value: ({ effective_to }) => effective_to,
      cell: ({ effective_to }) => (effective_to === null ? 'open' : formatInstant(effective_to, tz)),
    },
    ...(remove === undefined
      ? []
      : [
          {
            id: 'remove',
            header: 'Change',
            sorts: false,
            value: ({ active }: Target) => (active ? 'active' : 'closed'),
            cell: (target: Target) =>
              target.active ? (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-label={`Remove ${target.name ?? target.external_id}`}
                  onClick={() => remove(target)}
                >
                  Remove
                </Button>
              ) : (
                <Text span size="xs" c="dimmed">
                  closed
                </Text>
              ),
          },
        ]),
  ];
}
