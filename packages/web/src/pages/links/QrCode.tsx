import { Button, Group, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type LinkTags, qrAddress } from '../../api/links.ts';
import type { CampaignLink } from '../../api/types/links.ts';
import { Panel } from '../../elements/Panel.tsx';
import classes from './QrCode.module.css';

const shownPixels = 220;
const printPixels = 1200;

/** The short link to be printed. */
export function QrCode({ link, tags }: { link: CampaignLink; tags: LinkTags }) {
  const { campaign_id, tracking_code, short_url } = link;
  return (
    <Panel title="QR code" note="Of the short link; it stays the same when the landing page changes">
      <Stack align="center" gap="sm">
        <img
          src={qrAddress(campaign_id, tags, 'svg', shownPixels)}
          alt={`QR code of ${short_url}`}
          width={shownPixels}
          height={shownPixels}
          className={classes.code}
        />
        <Group gap="xs">
          {(['svg', 'png'] as const).map((ending) => (
            <Button
              key={ending}
              component="a"
              href={qrAddress(campaign_id, tags, ending, printPixels)}
              download={`${tracking_code}.${ending}`}
              variant="default"
              size="xs"
              leftSection={<IconDownload size={14} />}
            >
              {ending.toUpperCase()}
            </Button>
          ))}
        </Group>
      </Stack>
    </Panel>
  );
}
