import { Text } from '@mantine/core';
import type { Campaign } from '../../api/types/campaign.ts';
import { formatCount } from '../../format/number.ts';
import { formatInstant } from '../../format/time.ts';

type AddedEffectProps = { campaign: Campaign; products: number; from: string | undefined; tz: string };

/** "From now on, sales of 12 products credit this campaign." */
export function AddedEffect({ campaign, products, from, tz }: AddedEffectProps) {
  if (products === 0) return null;
  const start = from ?? (Date.parse(campaign.starts_at) > Date.now() ? campaign.starts_at : undefined);
  const when = start === undefined ? 'From now on' : `From ${formatInstant(start, tz)} on`;
  const whom = `sales of ${formatCount(products)} ${products === 1 ? 'product' : 'products'} credit this campaign`;
  const until = campaign.status === 'running' ? '' : ', in the periods in which it runs';
  return (
    <Text size="sm">
      {when}, {whom}
      {until}.
    </Text>
  );
}
