import { Button, Group, TextInput } from '@mantine/core';
import { isNotEmpty, matches, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { addSpend } from '../../api/campaigns.ts';
import type { Campaign } from '../../api/types/campaign.ts';
import { takeFaults } from '../../elements/take-faults.ts';
import { formatMoney } from '../../format/money.ts';
import { dayIn } from '../../question/days.ts';
import { useInstallation } from '../../session/use-installation.ts';
import { useCampaignChange } from './use-campaign-change.ts';

/** What the campaign cost on a day. */
export function SpendForm({ campaign }: { campaign: Campaign }) {
  const { time_zone } = useInstallation();
  const form = useForm({
    initialValues: { day: dayIn(time_zone, new Date()), amount: '', source: '', note: '' },
    validate: {
      day: isNotEmpty('Choose the day'),
      amount: matches(/^-?\d+([.,]\d+)?$/, 'An amount such as 120.50'),
    },
  });
  const add = useCampaignChange(
    campaign.id,
    ({ day, amount, source, note }: typeof form.values) =>
      addSpend(campaign.id, {
        day,
        amount: amount.replace(',', '.'),
        source: source.trim() || undefined,
        note: note.trim() || undefined,
      }),
    {
      onDone: ({ amount, currency }) => {
        notifications.show({ message: `${formatMoney(amount, currency)} entered` });
        form.setFieldValue('amount', '');
        form.setFieldValue('note', '');
      },
    },
  );
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        add.mutate(values, { onError: (error) => form.setErrors(takeFaults(error)) }),
      )}
    >
      <Group align="flex-start" gap="sm">
        <TextInput label="Day" type="date" required {...form.getInputProps('day')} />
        <TextInput
          label={`Amount (${campaign.currency})`}
          inputMode="decimal"
          required
          w={140}
          {...form.getInputProps('amount')}
        />
        <TextInput label="Source" placeholder="by hand" w={150} {...form.getInputProps('source')} />
        <TextInput label="Note" flex="1 1 10rem" {...form.getInputProps('note')} />
        <Button type="submit" mt={24} loading={add.isPending}>
          Enter
        </Button>
      </Group>
    </form>
  );
}
