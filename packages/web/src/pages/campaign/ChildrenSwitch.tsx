import { Switch } from '@mantine/core';
import type { Campaign } from '../../api/types/campaign.ts';
import { useWithChildren } from './use-with-children.ts';

/** Counts the campaigns below it too; a sale that several of them share counts once. */
export function ChildrenSwitch({ campaign }: { campaign: Campaign }) {
  const [withChildren, change] = useWithChildren();
  if (campaign.children_count === 0) return null;
  return (
    <Switch
      size="xs"
      label="With the campaigns below it; what they share counts once"
      checked={withChildren}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}
