import { Button, Group, Modal, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createUser, updateUser } from '../../api/people.ts';
import { type NewUser, type Role, roles, type User, type UserInput } from '../../api/types/people.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';
import { ShownOnce } from './ShownOnce.tsx';

/** Roles that see only what is theirs, and by what that is known. */
const scoped: Partial<Record<Role, string>> = {
  advertiser: 'The owners whose campaigns they see',
  brand: 'The owners whose campaigns they see',
  retailer: 'The retailers whose orders they see',
};

/** Makes a user, or changes one. */
export function UserDialog({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const [made, setMade] = useState<NewUser>();
  const form = useForm({
    initialValues: {
      name: user?.name ?? '',
      email: user?.email ?? '',
      role: user?.role ?? ('analyst' as Role),
      owner_scope: user?.owner_scope ?? [],
      disabled: user !== undefined && user.disabled_at !== null,
    },
    validate: {
      name: isNotEmpty('Their name'),
      email: (email) => (/^\S+@\S+$/.test(email) ? null : 'An email address'),
      owner_scope: (names, { role }) =>
        scoped[role] !== undefined && names.length === 0 ? 'Name at least one' : null,
    },
  });
  const save = useMutation({
    mutationFn: ({ disabled, owner_scope, ...fields }: typeof form.values): Promise<NewUser> => {
      const body: UserInput = {
        ...fields,
        owner_scope: scoped[fields.role] === undefined ? null : owner_scope,
      };
      return user === undefined ? createUser(body) : updateUser(user.id, { ...body, disabled });
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: ['users'] });
      if (saved.password === undefined) onClose();
      else setMade(saved);
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  const whose = scoped[form.values.role];
  return (
    <Modal opened onClose={onClose} title={user === undefined ? 'New user' : `Change ${user.name}`}>
      {made?.password !== undefined ? (
        <ShownOnce
          what={`The password of ${made.name}`}
          secret={made.password}
          advice="Hand it over safely; they change it under Settings, Your account."
          onClose={onClose}
        />
      ) : (
        <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
          <Stack gap="sm">
            {save.error !== null && <FailedState error={save.error} />}
            <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
            <TextInput label="Email" type="email" required {...form.getInputProps('email')} />
            <Select
              label="Role"
              allowDeselect={false}
              data={roles.map((value) => ({ value, label: value.replace('_', ' ') }))}
              {...form.getInputProps('role')}
            />
            {whose !== undefined && (
              <TagsInput
                label={whose}
                description="Enter after each"
                {...form.getInputProps('owner_scope')}
              />
            )}
            {user !== undefined && (
              <Switch
                label="Disabled: may not sign in, and is signed out everywhere"
                {...form.getInputProps('disabled', { type: 'checkbox' })}
              />
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                Leave it
              </Button>
              <Button type="submit" loading={save.isPending}>
                {user === undefined ? 'Create' : 'Save'}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
