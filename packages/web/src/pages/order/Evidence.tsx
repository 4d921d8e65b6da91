import { Text } from '@mantine/core';
import type { Period } from '../../api/types/campaign.ts';
import type { Candidate } from '../../api/types/order.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { PeriodBars } from '../../charts/PeriodBars.tsx';
import { periodText } from '../../format/period-text.ts';
import { hueColor } from '../../theme/palette.ts';

type EvidenceProps = { candidates: Candidate[]; saleTime: string; tz: string };

/** When each campaign both ran and targeted the product, with the sale as a mark across. */
export function Evidence({ candidates, saleTime, tz }: EvidenceProps) {
  const byId = useCampaigns().data?.byId;
  if (candidates.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No campaign has ever targeted this product.
      </Text>
    );
  }
  return (
    <>
      <PeriodBars
        stacked
        timeZone={tz}
        mark={{ at: saleTime, label: 'sale' }}
        span={nearby(saleTime)}
        rows={candidates.map((candidate) => {
          const periods = inBoth(candidate.running_periods, candidate.target_periods);
          return {
            id: candidate.campaign_id,
            label: candidate.name,
            text:
              periods.length === 0
                ? 'Never ran while it targeted the product'
                : `Ran and targeted the product ${periods.map((period) => periodText(period, tz)).join('; ')}`,
            periods,
            behind: candidate.running_periods,
            color: candidate.credited ? hueColor(byId?.get(candidate.campaign_id)?.place) : 'var(--previous)',
          };
        })}
      />
      <Text size="xs" c="dimmed" mt={6}>
        Faint: it ran. Full: it ran and targeted the product.
      </Text>
    </>
  );
}

/** The time in which both a running period and a target held. */
function inBoth(running: Period[], targets: Period[]): Period[] {
  return running
    .flatMap((ran) =>
      targets.map((target) => ({ from: later(ran.from, target.from), to: earlier(ran.to, target.to) })),
    )
    .filter(({ from, to }) => to === null || Date.parse(from) < Date.parse(to))
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

function later(a: string, b: string): string {
  return Date.parse(a) > Date.parse(b) ? a : b;
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a) < Date.parse(b) ? a : b;
}

function nearby(saleTime: string): { from: string; to: string } {
  const at = (days: number) => new Date(Date.parse(saleTime) + days * 86_400_000).toISOString();
  return { from: at(-7), to: at(7) };
}
