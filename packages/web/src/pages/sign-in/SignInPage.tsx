import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { ask } from '../../api/ask.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { paths } from '../../paths.ts';
import { useUrlState } from '../../url-state.ts';
import { Door } from './Door.tsx';

/** The way in. */
export function Page() {
  const [{ return_to }] = useUrlState();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: isNotEmpty('Your email address'), password: isNotEmpty('Your password') },
  });
  const signIn = useMutation({
    mutationFn: (body: typeof form.values) => ask('/session', { method: 'POST', body }),
    // A whole new page: nothing of who was here before stays in memory.
    onSuccess: () => window.location.assign(insideAddress(return_to)),
  });
  return (
    <Door title="Sign in">
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack gap="sm">
          {signIn.error !== null && <FailedState error={signIn.error} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
            Sign in
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

/** An address of this dashboard only: a link from elsewhere must not lead on to a page of its choice. */
function insideAddress(address: string | undefined): string {
  return address !== undefined && /^\/(?![/\\])/.test(address) ? address : paths.overview;
}
