import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isPreview, removeTarget } from '../../api/campaigns.ts';
import type { Campaign, Target } from '../../api/types/campaign.ts';
import { MomentField } from '../../elements/MomentField.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { PreviewText } from './PreviewText.tsx';
import { useCampaignChange } from './use-campaign-change.ts';

type RemoveTargetDialogProps = { campaign: Campaign; target: Target; onClose: () => void };

/** Ends a target; sales until then keep their credit. */
export function RemoveTargetDialog({ campaign, target, onClose }: RemoveTargetDialogProps) {
  const { tz } = useQuestion();
  const [moment, setMoment] = useState<string>();
  const [reason, setReason] = useState('');
  const change = { effective_at: moment, reason: reason.trim() || undefined };
  const preview = useQuery({
    queryKey: ['campaign', campaign.id, 'preview', target.id, change],
    // A try needs no reason, though the change itself may.
    queryFn: () =>
      removeTarget(campaign.id, target.id, { ...change, reason: change.reason ?? 'a try', dry_run: true }),
    staleTime: 0,
  });
  const submit = useCampaignChange(campaign.id, () => removeTarget(campaign.id, target.id, change), {
    onDone: onClose,
  });
  const product = target.name ?? target.external_id;
  return (
    <Modal opened onClose={onClose} title={`Remove ${product} from ${campaign.name}?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit.mutate(undefined);
        }}
      >
        <Stack gap="sm">
          <Text size="sm">
            Sales of {product} from then on no longer credit this campaign. Those until then keep their
            credit. It can be added again.
          </Text>
          <MomentField
            label="Takes effect"
            description="Now, unless it happened earlier"
            timeZone={tz}
            value={moment}
            onChange={setMoment}
          />
          {moment !== undefined && (
            <TextInput
              label="Reason"
              description="Kept in the history"
              required={Date.parse(moment) < Date.now()}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <PreviewText
            preview={preview.data !== undefined && isPreview(preview.data) ? preview.data : undefined}
            error={preview.error ?? submit.error}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit" color="red.9" loading={submit.isPending} disabled={preview.error !== null}>
              Remove it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
