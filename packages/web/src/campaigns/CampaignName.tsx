import { ColorSwatch, Group } from '@mantine/core';
import { TextLink } from '../elements/links.tsx';
import { paths } from '../paths.ts';
import { hueColor } from '../theme/palette.ts';
import { useCampaigns } from './use-campaigns.ts';

type CampaignNameProps = { id: string; name: string; tab?: string };

/** A campaign with its hue, leading to its page. */
export function CampaignName({ id, name, tab }: CampaignNameProps) {
  return (
    <Group gap={8} wrap="nowrap" display="inline-flex">
      <CampaignHue id={id} />
      <TextLink
        to={paths.campaign}
        params={{ campaignId: id }}
        search={tab === undefined ? {} : { tab }}
        inherit
      >
        {name}
      </TextLink>
    </Group>
  );
}

/** The dot of a campaign's hue. */
export function CampaignHue({ id }: { id: string }) {
  const { data } = useCampaigns();
  return (
    <ColorSwatch
      size={10}
      withShadow={false}
      color={hueColor(data?.byId.get(id)?.place)}
      style={{ flexShrink: 0 }}
      aria-hidden
    />
  );
}
