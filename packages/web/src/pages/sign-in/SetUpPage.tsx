import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { takeFaults } from '../../elements/take-faults.ts';
import { paths } from '../../paths.ts';
import { Door } from './Door.tsx';

/** The first admin of a new installation. */
export function Page() {
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: isNotEmpty('Your name'),
      email: (email) => (/^\S+@\S+$/.test(email) ? null : 'An email address'),
      password: (password) => ([...password].length < 10 ? 'At least 10 characters' : null),
    },
  });
  const setUp = useMutation({
    mutationFn: (body: typeof form.values) => ask('/setup', { method: 'POST', body }),
    onSuccess: () => window.location.assign(paths.overview),
    onError: (error) => form.setErrors(takeFaults(error)),
  });
  return (
    <Door title="Create the first admin">
      <form onSubmit={form.onSubmit((values) => setUp.mutate(values))} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            This installation is new. The first admin signs in here and makes the other users.
          </Text>
          {setUp.error !== null && <FailedState error={setUp.error} />}
          <TextInput label="Name" autoComplete="name" required {...form.getInputProps('name')} />
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description="At least 10 characters; three words of your own are good"
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={setUp.isPending} fullWidth mt="xs">
            Create and sign in
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
