import { Text } from '@mantine/core';
import type { Campaign, Target } from '../../api/types/campaign.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { PeriodBars } from '../../charts/PeriodBars.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { periodText } from '../../format/period-text.ts';
import { hueColor } from '../../theme/palette.ts';

type TargetPeriodsProps = { targets: Target[]; campaign: Campaign; tz: string };

/** More rows than this say less, not more; the table has them all. */
const mostRows = 20;

/** When each product was targeted, under when the campaign ran. */
export function TargetPeriods({ targets, campaign, tz }: TargetPeriodsProps) {
  const place = useCampaigns().data?.byId.get(campaign.id)?.place;
  const products = byProduct(targets);
  const rows = products.slice(0, mostRows).map(({ id, name, periods }) => ({
    id,
    label: name,
    text: `Targeted ${periods.map((period) => periodText(period, tz)).join('; ')}`,
    periods,
    color: hueColor(place),
  }));
  const running = {
    id: 'running',
    label: 'The campaign ran',
    text: `Ran ${campaign.running_periods.map((period) => periodText(period, tz)).join('; ') || 'never'}`,
    periods: campaign.running_periods,
    color: 'var(--accent)',
  };
  return (
    <Panel title="Periods" note={`A sale credits it where both bars stand, in ${tz}`}>
      <PeriodBars
        rows={[running, ...rows]}
        timeZone={tz}
        mark={{ at: new Date().toISOString(), label: 'now' }}
      />
      {products.length > mostRows && (
        <Text size="xs" c="dimmed" mt="xs">
          The first {mostRows} of {products.length} products; the table below has all.
        </Text>
      )}
    </Panel>
  );
}

function byProduct(targets: Target[]) {
  const products = new Map<
    string,
    { id: string; name: string; periods: { from: string; to: string | null }[] }
  >();
  for (const { product_id, name, external_id, effective_from, effective_to } of targets) {
    const product = products.get(product_id) ?? { id: product_id, name: name ?? external_id, periods: [] };
    product.periods.push({ from: effective_from, to: effective_to });
    products.set(product_id, product);
  }
  return [...products.values()].sort((a, b) => a.name.localeCompare(b.name));
}
