import { Stack, Text } from '@mantine/core';
import type { CampaignLink } from '../../api/types/links.ts';
import { CopyBlock } from '../../elements/CopyBlock.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { ButtonLink } from '../../elements/links.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { paths } from '../../paths.ts';
import { useMay } from '../../session/use-session.ts';

/** The link in both of its forms. */
export function LinkPreview({ link }: { link: CampaignLink }) {
  const mayWrite = useMay('campaigns:write');
  if (link.tracking_url === null) {
    return (
      <Panel title="The link">
        <EmptyState
          title="This campaign has no landing page"
          action={
            mayWrite && (
              <ButtonLink to={paths.editCampaign} params={{ campaignId: link.campaign_id }} size="xs">
                Say where it lands
              </ButtonLink>
            )
          }
        >
          A link leads to the page of the shop that the campaign names.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title="The link">
      <Stack gap="xs" aria-live="polite">
        <Text size="sm">Short, for a post: it counts the click here and leads on</Text>
        <CopyBlock what="the short link" text={link.short_url} />
        <Text size="sm">Straight to the page: the tracker there counts the visit</Text>
        <CopyBlock what="the tagged link" text={link.tracking_url} />
      </Stack>
    </Panel>
  );
}
