import { Button, Group, MultiSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { startBackfill } from '../../api/operations.ts';
import { orderStatuses } from '../../api/types/order.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';
import { paths } from '../../paths.ts';
import { modelWords } from '../../question/models.ts';
import { useInstallation } from '../../session/use-installation.ts';

/** The range to try; the way to posting it leads over its result. */
export function BackfillForm() {
  const { models, time_zone } = useInstallation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { from: '', to: '', statuses: [] as string[], models: [] as string[] },
    validate: {
      to: (to, { from }) =>
        from !== '' && to !== '' && to < from ? 'It must not end before it begins' : null,
    },
  });
  const start = useMutation({
    mutationFn: ({ from, to, statuses, models }: typeof form.values) =>
      startBackfill({
        from: from || undefined,
        to: to || undefined,
        statuses: statuses.length > 0 ? statuses : undefined,
        models: models.length > 0 ? models : undefined,
        dry_run: true,
      }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['backfills'] });
      void navigate({ to: paths.backfill, params: { backfillId: id } });
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => start.mutate(values))}>
      <Group align="flex-start" gap="sm">
        <TextInput
          label="From"
          description={`A day of ${time_zone}`}
          type="date"
          {...form.getInputProps('from')}
        />
        <TextInput label="To" description="The whole day" type="date" {...form.getInputProps('to')} />
        <MultiSelect
          label="Statuses"
          description="All when empty"
          w={220}
          data={[...orderStatuses]}
          {...form.getInputProps('statuses')}
        />
        <MultiSelect
          label="Models"
          description="All when empty"
          w={220}
          data={models.map(({ model }) => ({ value: model, label: modelWords(model).label }))}
          {...form.getInputProps('models')}
        />
        <Button type="submit" mt={24} loading={start.isPending}>
          See what would move
        </Button>
      </Group>
      {start.error !== null && <FailedState error={start.error} />}
    </form>
  );
}
