import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createKey } from '../../api/people.ts';
import type { NewApiKey } from '../../api/types/people.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';
import { ShownOnce } from './ShownOnce.tsx';

/** What keys are made for most; any other set of permissions can be had by the API. */
const purposes: Record<string, { label: string; role?: string; permissions?: string[] }> = {
  shop: {
    label: 'A shop: sends products, customers and orders',
    permissions: [
      'products:write',
      'products:read',
      'customers:write',
      'customers:read',
      'orders:write',
      'orders:read',
    ],
  },
  reports: { label: 'Reports: reads everything, changes nothing', role: 'analyst' },
  marketing: { label: 'Marketing: campaigns, targets, spend, reports', role: 'marketing_manager' },
  admin: { label: 'Everything', role: 'admin' },
};

export function KeyDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [made, setMade] = useState<NewApiKey>();
  const form = useForm({
    initialValues: { name: '', purpose: 'shop' },
    validate: { name: isNotEmpty('What it is for, such as “Shop server”') },
  });
  const create = useMutation({
    mutationFn: ({ name, purpose }: typeof form.values) => {
      const { role, permissions } = purposes[purpose]!;
      return createKey({ name, role, permissions });
    },
    onSuccess: (key) => {
      void client.invalidateQueries({ queryKey: ['keys'] });
      setMade(key);
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  return (
    <Modal opened onClose={onClose} title="New API key">
      {made !== undefined ? (
        <ShownOnce
          what={`The key ${made.name}`}
          secret={made.key}
          advice="Keep it where secrets are kept. Sent as “Authorization: Bearer …”."
          onClose={onClose}
        />
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
          <Stack gap="sm">
            {create.error !== null && <FailedState error={create.error} />}
            <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
            <Select
              label="What it may do"
              allowDeselect={false}
              data={Object.entries(purposes).map(([value, { label }]) => ({ value, label }))}
              {...form.getInputProps('purpose')}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                Leave it
              </Button>
              <Button type="submit" loading={create.isPending}>
                Create
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
