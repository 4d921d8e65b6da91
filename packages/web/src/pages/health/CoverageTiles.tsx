import { Paper, Progress, SimpleGrid, Text } from '@mantine/core';
import type { Coverage, Health } from '../../api/types/report.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatPercent } from '../../format/number.ts';

/** Attributed of creditable: by revenue, by lines, by orders. */
export function CoverageTiles({ health, previous }: { health: Health; previous: Health | undefined }) {
  const money = (value: number | null) => formatMoney(value, health.currency);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <CoverageTile
        label="Revenue"
        coverage={health.revenue}
        before={previous?.revenue.attribution_rate}
        format={money}
      />
      <CoverageTile
        label="Order lines"
        coverage={health.items}
        before={previous?.items.attribution_rate}
        format={formatCount}
      />
      <CoverageTile
        label="Orders"
        coverage={health.orders}
        before={previous?.orders.attribution_rate}
        format={formatCount}
      />
    </SimpleGrid>
  );
}

type CoverageTileProps = {
  label: string;
  coverage: Coverage;
  before: number | null | undefined;
  format: (value: number | null) => string;
};

function CoverageTile({ label, coverage, before, format }: CoverageTileProps) {
  const { attribution_rate, attributed, total, unattributed } = coverage;
  return (
    <Paper withBorder p="md" bg="var(--raised)">
      <Text size="xs" c="dimmed">
        {label} attributed
      </Text>
      <Text fz={28} fw={620} className="figure" lh={1.25}>
        {formatPercent(attribution_rate)}
      </Text>
      <Progress
        value={attribution_rate ?? 0}
        size="sm"
        my={6}
        aria-label={`${label} attributed: ${formatPercent(attribution_rate)}`}
      />
      <Text size="xs" c="dimmed" className="figure">
        {format(attributed)} of {format(total)}; {format(unattributed)} without a campaign
      </Text>
      {before != null && (
        <Text size="xs" c="dimmed" className="figure">
          {formatPercent(before)} in the period before
        </Text>
      )}
    </Paper>
  );
}
