import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createUtmTemplate, type LinkTags } from '../../api/links.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';
import { useLinkTags } from './use-link-tags.ts';

/** Keeps what the fields say under a name, for the links of other campaigns. */
export function KeepTemplate({ tags: { utm_template_id, ...tags } }: { tags: LinkTags }) {
  const client = useQueryClient();
  const { change } = useLinkTags();
  const [opened, setOpened] = useState(false);
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: isNotEmpty('What it is for, such as “Stories”') },
  });
  const keep = useMutation({
    mutationFn: ({ name }: typeof form.values) => createUtmTemplate({ name, ...tags }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['utm-templates'] });
      change({ utm_template_id: id });
      setOpened(false);
      form.reset();
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  if (Object.keys(tags).length === 0) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpened(true)}>
        Keep as a template
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Keep as a template">
        <form onSubmit={form.onSubmit((values) => keep.mutate(values))} noValidate>
          <Stack gap="sm">
            {keep.error !== null && <FailedState error={keep.error} />}
            <Text size="sm">
              {Object.entries(tags)
                .map(([name, value]) => `${name}=${value}`)
                .join(', ')}
            </Text>
            <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setOpened(false)}>
                Leave it
              </Button>
              <Button type="submit" loading={keep.isPending}>
                Keep
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
