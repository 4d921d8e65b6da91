import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';

/** Settles the order again at once; where the ledger agrees with the facts, nothing is posted. */
export function RecomputeButton({ orderId }: { orderId: string }) {
  const client = useQueryClient();
  const recompute = useMutation({
    mutationFn: async () =>
      (await ask<{ entries: number }>(`/admin/orders/${orderId}/recompute`, { method: 'POST', body: {} }))
        .data,
    onSuccess: ({ entries }) => {
      notifications.show({
        message:
          entries === 0
            ? 'The ledger already says what the facts say; nothing was posted.'
            : `${entries} entries were posted.`,
      });
      void client.invalidateQueries({ queryKey: ['order', orderId] });
      void client.invalidateQueries({ queryKey: ['report'] });
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: 'It was not settled', message: error.message }),
  });
  return (
    <Button size="xs" variant="default" loading={recompute.isPending} onClick={() => recompute.mutate()}>
      Settle again
    </Button>
  );
}
