import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { updateUtmTemplate } from '../../api/links.ts';
import type { UtmTemplate } from '../../api/types/links.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';
import { DeleteTemplate } from './DeleteTemplate.tsx';
import { tagFields } from './tag-fields.ts';

/** Changes what a kept template says, or deletes it. */
export function ChangeTemplate({ template }: { template: UtmTemplate }) {
  const [opened, setOpened] = useState<'change' | 'delete'>();
  const close = () => setOpened(undefined);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpened('change')}>
        Change the template
      </Button>
      <Button size="xs" variant="default" onClick={() => setOpened('delete')}>
        Delete the template
      </Button>
      {opened === 'change' && <ChangeDialog template={template} onClose={close} />}
      {opened === 'delete' && <DeleteTemplate template={template} onClose={close} />}
    </>
  );
}

function ChangeDialog({ template, onClose }: { template: UtmTemplate; onClose: () => void }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: template.name,
      utm_source: template.utm_source ?? '',
      utm_medium: template.utm_medium ?? '',
      utm_content: template.utm_content ?? '',
      utm_term: template.utm_term ?? '',
    },
    validate: { name: isNotEmpty('What it is for, such as “Stories”') },
  });
  const save = useMutation({
    mutationFn: ({ name, ...tags }: typeof form.values) =>
      updateUtmTemplate(template.id, {
        name: name.trim(),
        utm_source: tags.utm_source.trim() || null,
        utm_medium: tags.utm_medium.trim() || null,
        utm_content: tags.utm_content.trim() || null,
        utm_term: tags.utm_term.trim() || null,
      }),
    onSuccess: async ({ name }) => {
      // The links that are shown say what the template says.
      await client.invalidateQueries({ queryKey: ['utm-templates'] });
      await client.invalidateQueries({ queryKey: ['campaign'] });
      notifications.show({ message: `${name} is changed` });
      onClose();
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  return (
    <Modal opened onClose={onClose} title={`Change ${template.name}`}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack gap="sm">
          {save.error !== null && <FailedState error={save.error} />}
          <Text size="sm">Links that were made with it stay as they are.</Text>
          <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
          {tagFields.map(({ name, ...field }) => (
            <TextInput key={name} {...field} maxLength={200} {...form.getInputProps(name)} />
          ))}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
