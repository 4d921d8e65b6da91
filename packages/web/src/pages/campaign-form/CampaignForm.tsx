import { Button, Group, Paper, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useEffect, useState } from 'react';
import { ApiError } from '../../api/ask.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { MomentField } from '../../elements/MomentField.tsx';
import { takeFaults } from '../../elements/take-faults.ts';
import { useInstallation } from '../../session/use-installation.ts';
import { BudgetFields } from './BudgetFields.tsx';
import { ChoiceFields } from './ChoiceFields.tsx';
import { type FormValues, faultsOf } from './form-values.ts';

type CampaignFormProps = {
  initial: FormValues;
  action: string;
  pending: boolean;
  error: Error | null;
  /** Asks why, for a change that reaches into the past. */
  withReason?: boolean;
  onValues?: (values: FormValues) => void;
  onSubmit: (values: FormValues, reason: string) => void;
  /** What the change would do, above the button. */
  children?: ReactNode;
};

/** What is entered about a campaign; each field says what is wrong with it when it is left. */
export function CampaignForm(props: CampaignFormProps) {
  const { initial, action, pending, error, withReason = false, onValues, onSubmit, children } = props;
  const { time_zone } = useInstallation();
  const [reason, setReason] = useState('');
  const form = useForm<FormValues>({
    initialValues: initial,
    validate: faultsOf,
    validateInputOnBlur: true,
    onValuesChange: onValues,
  });
  const { setErrors } = form;
  useEffect(() => {
    if (error !== null) setErrors(takeFaults(error));
  }, [error, setErrors]);
  const moment = (name: 'starts_at' | 'ends_at') => ({
    timeZone: time_zone,
    value: form.values[name] || undefined,
    onChange: (instant: string | undefined) => form.setFieldValue(name, instant ?? ''),
    error: form.errors[name],
  });
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(values, reason.trim()))} noValidate>
      <Paper withBorder p="md" bg="var(--raised)" maw={860}>
        <Stack gap="md">
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <ChoiceFields form={form} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <MomentField
              label="Starts"
              description="Its parent’s start, else now, when left empty"
              {...moment('starts_at')}
            />
            <MomentField label="Ends" description="Open when left empty" {...moment('ends_at')} />
          </SimpleGrid>
          <BudgetFields form={form} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Landing page"
              placeholder="https://"
              inputMode="url"
              {...form.getInputProps('landing_url')}
            />
            <TextInput
              label="Tracking code"
              description="Made from platform and name when left empty"
              {...form.getInputProps('tracking_code')}
            />
            <TextInput label="Objective" {...form.getInputProps('objective')} />
            <TextInput label="Owner" description="Advertiser or brand" {...form.getInputProps('owner')} />
          </SimpleGrid>
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
          <Textarea label="Notes" autosize minRows={2} {...form.getInputProps('notes')} />
          {withReason && (
            <TextInput
              label="Reason for moving its dates"
              description="Needed where the past changes; kept in the history"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {children}
          {error !== null && !isAtFields(error, form.errors) && <FailedState error={error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={pending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}

/** Whether everything the server found wrong is shown at a field. */
function isAtFields(error: Error, shown: object): boolean {
  if (!(error instanceof ApiError) || error.fields.length === 0) return false;
  return error.fields.every(({ path }) => path in shown && path !== 'reason');
}
