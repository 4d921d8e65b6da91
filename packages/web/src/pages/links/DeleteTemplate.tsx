import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteUtmTemplate } from '../../api/links.ts';
import type { UtmTemplate } from '../../api/types/links.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { useLinkTags } from './use-link-tags.ts';

/** Deletes a template, once that has been confirmed. */
export function DeleteTemplate({ template, onClose }: { template: UtmTemplate; onClose: () => void }) {
  const client = useQueryClient();
  const { change } = useLinkTags();
  const remove = useMutation({
    mutationFn: () => deleteUtmTemplate(template.id),
    onSuccess: async () => {
      // First out of the link that is shown, which could not be made any more.
      change({ utm_template_id: undefined });
      await client.invalidateQueries({ queryKey: ['utm-templates'] });
      notifications.show({ message: `${template.name} is deleted` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete ${template.name}?`}>
      <Stack gap="sm">
        {remove.error !== null && <FailedState error={remove.error} />}
        <Text size="sm">
          Links that were made with it stay as they are. New ones have to be tagged by hand, or by another
          template.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
