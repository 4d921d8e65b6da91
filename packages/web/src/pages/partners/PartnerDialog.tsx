import {
  Autocomplete,
  Button,
  Group,
  Modal,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createPartner, updatePartner } from '../../api/partners.ts';
import { type Partner, type PartnerKind, partnerKinds } from '../../api/types/partner.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';

type PartnerDialogProps = {
  /** Undefined to make a new one. */
  partner: Partner | undefined;
  /** What a new one is called at first. */
  proposedName: string | undefined;
  regions: string[];
  onClose: () => void;
};

/** Makes a partner, or changes one. */
export function PartnerDialog({ partner, proposedName, regions, onClose }: PartnerDialogProps) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: partner?.name ?? proposedName ?? '',
      kind: partner?.kind ?? ('retailer' as PartnerKind),
      region: partner?.region ?? '',
      email: partner?.email ?? '',
      aliases: partner?.aliases ?? [],
      active: partner?.active ?? true,
    },
    validateInputOnChange: ['email'],
    validate: {
      name: isNotEmpty('What it is called'),
      email: (email) => (email.trim() === '' || /^\S+@\S+\.\S+$/.test(email) ? null : 'An email address'),
    },
  });
  const save = useMutation({
    mutationFn: ({ kind, region, email, ...fields }: typeof form.values) => {
      const body = { ...fields, region: region.trim() || null, email: email.trim() || null };
      return partner === undefined ? createPartner({ ...body, kind }) : updatePartner(partner.id, body);
    },
    onSuccess: async ({ name }) => {
      await client.invalidateQueries({ queryKey: ['partners'] });
      notifications.show({ message: `${name} is ${partner === undefined ? 'created' : 'changed'}` });
      onClose();
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  return (
    <Modal opened onClose={onClose} title={partner === undefined ? 'New partner' : `Change ${partner.name}`}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack gap="sm">
          {save.error !== null && <FailedState error={save.error} />}
          <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
          {partner === undefined && (
            <Select
              label="Kind"
              description="It stays as it is created"
              allowDeselect={false}
              data={[...partnerKinds]}
              {...form.getInputProps('kind')}
            />
          )}
          <Autocomplete
            label="Region"
            description="Such as East; reports group by it"
            data={regions}
            {...form.getInputProps('region')}
          />
          <TextInput label="Email" type="email" {...form.getInputProps('email')} />
          <TagsInput
            label="Also called"
            description="Ids and spellings in orders and other systems; enter after each"
            {...form.getInputProps('aliases')}
          />
          <Switch label="Active" {...form.getInputProps('active', { type: 'checkbox' })} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={save.isPending}>
              {partner === undefined ? 'Create' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
