import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changeStatus, isPreview, type StatusChange } from '../../api/campaigns.ts';
import type { Campaign, CampaignStatus } from '../../api/types/campaign.ts';
import { MomentField } from '../../elements/MomentField.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { effectOf } from './effect-of-status.ts';
import { PreviewText } from './PreviewText.tsx';
import { useCampaignChange } from './use-campaign-change.ts';

type StatusDialogProps = { campaign: Campaign; status: CampaignStatus; onClose: () => void };

/** Says what a step of status does before it is taken; one in the past is tried out first and needs a reason. */
export function StatusDialog({ campaign, status, onClose }: StatusDialogProps) {
  const { tz } = useQuestion();
  const [moment, setMoment] = useState<string>();
  const [reason, setReason] = useState('');
  const { title, action, effect } = effectOf(campaign, status);
  const change: StatusChange = { status, effective_at: moment, reason: reason.trim() || undefined };
  const preview = useQuery({
    queryKey: ['campaign', campaign.id, 'preview', change],
    // A try needs no reason, though the change itself may.
    queryFn: () => changeStatus(campaign.id, { ...change, reason: change.reason ?? 'a try', dry_run: true }),
    staleTime: 0,
  });
  const submit = useCampaignChange(campaign.id, () => changeStatus(campaign.id, change), { onDone: onClose });
  const past = moment !== undefined;
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit.mutate(undefined);
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{effect}</Text>
          <MomentField
            label="Takes effect"
            description="Now, unless it happened earlier. Reaching into the past needs a reason."
            timeZone={tz}
            value={moment}
            onChange={setMoment}
          />
          <TextInput
            label="Reason"
            description="Kept in the history"
            required={past || status === 'ended'}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <PreviewText
            preview={preview.data !== undefined && isPreview(preview.data) ? preview.data : undefined}
            error={preview.error ?? submit.error}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it as it is
            </Button>
            <Button
              type="submit"
              color={status === 'ended' ? 'red.9' : undefined}
              loading={submit.isPending}
              disabled={preview.error !== null}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
