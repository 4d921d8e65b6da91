import { Button, PasswordInput, Stack } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/ask.ts';
import { changePassword } from '../../api/people.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';

export function PasswordForm() {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { current_password: '', new_password: '' },
    validate: {
      current_password: isNotEmpty('The password you have now'),
      new_password: (password) => ([...password].length < 10 ? 'At least 10 characters' : null),
    },
  });
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      notifications.show({ message: 'Your password is changed.' });
      void client.invalidateQueries({ queryKey: ['places'] });
      form.reset();
    },
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  const named = change.error instanceof ApiError && change.error.fields.length > 0;
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack gap="sm" maw={360} align="flex-start">
        {change.error !== null && !named && <FailedState error={change.error} />}
        <PasswordInput
          w="100%"
          label="Password now"
          autoComplete="current-password"
          {...form.getInputProps('current_password')}
        />
        <PasswordInput
          w="100%"
          label="New password"
          description="At least 10 characters"
          autoComplete="new-password"
          {...form.getInputProps('new_password')}
        />
        <Button type="submit" loading={change.isPending}>
          Change it
        </Button>
      </Stack>
    </form>
  );
}
