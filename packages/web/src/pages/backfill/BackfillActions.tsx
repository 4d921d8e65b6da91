import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { cancelBackfill, isUnderWay, startBackfill } from '../../api/operations.ts';
import type { Backfill } from '../../api/types/operations.ts';
import { formatCount } from '../../format/number.ts';
import { paths } from '../../paths.ts';

/** Stops what is under way; does for good what a try has shown. */
export function BackfillActions({ backfill }: { backfill: Backfill }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const fail = (error: Error) =>
    notifications.show({ color: 'red', title: 'Not done', message: error.message });
  const cancel = useMutation({
    mutationFn: () => cancelBackfill(backfill.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['backfills'] }),
    onError: fail,
  });
  const run = useMutation({
    mutationFn: () =>
      startBackfill({
        from: backfill.from ?? undefined,
        to: backfill.to ?? undefined,
        statuses: backfill.statuses ?? undefined,
        models: backfill.models ?? undefined,
        dry_run: false,
      }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['backfills'] });
      void client.invalidateQueries({ queryKey: ['report'] });
      void navigate({ to: paths.backfill, params: { backfillId: id } });
    },
    onError: fail,
  });
  if (isUnderWay(backfill)) {
    return (
      <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        Stop
      </Button>
    );
  }
  if (!backfill.dry_run || backfill.status !== 'completed' || backfill.orders_affected === 0) return null;
  return (
    <Button size="xs" loading={run.isPending} onClick={() => run.mutate()}>
      Post it: change {formatCount(backfill.orders_affected)}{' '}
      {backfill.orders_affected === 1 ? 'order' : 'orders'}
    </Button>
  );
}
