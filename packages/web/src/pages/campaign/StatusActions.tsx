import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { archiveCampaign, deleteCampaign } from '../../api/campaigns.ts';
import type { Campaign, CampaignStatus } from '../../api/types/campaign.ts';
import { paths } from '../../paths.ts';
import { StatusDialog } from './StatusDialog.tsx';
import { useCampaignChange } from './use-campaign-change.ts';

/** Which status may follow which, and what the step is called. */
const steps: Record<CampaignStatus, { to: CampaignStatus; label: string }[]> = {
  draft: [{ to: 'running', label: 'Start' }],
  running: [
    { to: 'paused', label: 'Pause' },
    { to: 'ended', label: 'End' },
  ],
  paused: [
    { to: 'running', label: 'Resume' },
    { to: 'ended', label: 'End' },
  ],
  ended: [],
};

/** The steps that are possible now; each says its effect before it is taken. */
export function StatusActions({ campaign }: { campaign: Campaign }) {
  const [step, setStep] = useState<CampaignStatus>();
  const archive = useCampaignChange(campaign.id, (archived: boolean) =>
    archiveCampaign(campaign.id, archived),
  );
  const navigate = useNavigate();
  const remove = useCampaignChange(campaign.id, () => deleteCampaign(campaign.id), {
    onDone: () => void navigate({ to: paths.campaigns }),
  });
  const [first, ...others] = steps[campaign.status];
  const archived = campaign.archived_at !== null;
  return (
    <>
      {first !== undefined && (
        <Button size="xs" onClick={() => setStep(first.to)}>
          {first.label}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map(({ to, label }) => (
            <Menu.Item key={to} onClick={() => setStep(to)}>
              {label}
            </Menu.Item>
          ))}
          {campaign.status === 'draft' && (
            <Menu.Item color="red" onClick={() => remove.mutate(undefined)}>
              Delete the draft
            </Menu.Item>
          )}
          <Menu.Item onClick={() => archive.mutate(!archived)}>
            {archived ? 'Take out of the archive' : 'Archive'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {step !== undefined && (
        <StatusDialog campaign={campaign} status={step} onClose={() => setStep(undefined)} />
      )}
    </>
  );
}
