import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createSiteKey } from '../../api/tracking.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';

/** Makes a site key; it is public, so it can be seen again at any time. */
export function NewSiteKey() {
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: isNotEmpty('Which site it is for, such as “Shop”') },
  });
  const create = useMutation({
    mutationFn: ({ name }: typeof form.values) => createSiteKey(name),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['site-keys'] });
      setOpened(false);
      form.reset();
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  return (
    <>
      <Button size="xs" onClick={() => setOpened(true)}>
        New site key
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="New site key">
        <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
          <Stack gap="sm">
            {create.error !== null && <FailedState error={create.error} />}
            <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setOpened(false)}>
                Leave it
              </Button>
              <Button type="submit" loading={create.isPending}>
                Create
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
