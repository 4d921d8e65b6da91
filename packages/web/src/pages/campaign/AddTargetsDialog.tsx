import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addTargets, isPreview, type NewTargets } from '../../api/campaigns.ts';
import type { Campaign } from '../../api/types/campaign.ts';
import { MomentField } from '../../elements/MomentField.tsx';
import { formatCount } from '../../format/number.ts';
import { useQuestion } from '../../question/use-question.ts';
import { AddedEffect } from './AddedEffect.tsx';
import { PreviewText } from './PreviewText.tsx';
import { ProductChoice } from './ProductChoice.tsx';
import { useCampaignChange } from './use-campaign-change.ts';

/** Chooses products and from when on they are targeted; says what that does before it is done. */
export function AddTargetsDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { tz } = useQuestion();
  const [products, setProducts] = useState<string[]>([]);
  const [from, setFrom] = useState<string>();
  const [reason, setReason] = useState('');
  const change: NewTargets = {
    product_ids: products,
    effective_from: from,
    reason: reason.trim() || undefined,
  };
  const preview = useQuery({
    queryKey: ['campaign', campaign.id, 'preview', change],
    // A try needs no reason, though the change itself may.
    queryFn: () => addTargets(campaign.id, { ...change, reason: change.reason ?? 'a try', dry_run: true }),
    enabled: products.length > 0,
    staleTime: 0,
  });
  const submit = useCampaignChange(campaign.id, () => addTargets(campaign.id, change), {
    onDone(answer) {
      if (!isPreview(answer)) {
        const { added, skipped } = answer;
        const also = skipped.length === 0 ? '' : `, ${formatCount(skipped.length)} were targeted already`;
        notifications.show({ message: `${formatCount(added.length)} products added${also}` });
      }
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Add products to ${campaign.name}`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit.mutate(undefined);
        }}
      >
        <Stack gap="sm">
          <ProductChoice value={products} onChange={setProducts} />
          <MomentField
            label="Targeted from"
            description="Now, or its start where that is still to come, unless it was earlier"
            timeZone={tz}
            value={from}
            onChange={setFrom}
          />
          {from !== undefined && (
            <TextInput
              label="Reason"
              description="Reaching into the past needs one; it is kept in the history"
              required={Date.parse(from) < Date.now()}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <AddedEffect campaign={campaign} products={products.length} from={from} tz={tz} />
          {products.length > 0 && (
            <PreviewText
              preview={preview.data !== undefined && isPreview(preview.data) ? preview.data : undefined}
              error={preview.error ?? submit.error}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it as it is
            </Button>
            <Button
              type="submit"
              disabled={products.length === 0 || preview.error !== null}
              loading={submit.isPending}
            >
              Add {products.length > 0 && formatCount(products.length)}{' '}
              {products.length === 1 ? 'product' : 'products'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
