import { Stack, Text } from '@mantine/core';
import { Facts } from '../../elements/Facts.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { useSession } from '../../session/use-session.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { SignedInPlaces } from './SignedInPlaces.tsx';

/** Who one is here, one's password, and where one is signed in. */
export function Account() {
  const { user, permissions, scope } = useSession();
  if (user === null) {
    return (
      <Text size="sm" c="dimmed">
        You are here by an API key; it has no account.
      </Text>
    );
  }
  return (
    <Stack gap="md">
      <Panel title={user.name}>
        <Facts
          facts={[
            ['Email', user.email],
            ['Role', user.role.replace('_', ' ')],
            ['Sees', scope.kind === 'all' ? 'everything' : `only what is of ${scope.names.join(', ')}`],
            ['May', permissions.join(', ') || 'nothing yet; an admin can give you another role'],
          ]}
        />
      </Panel>
      <Panel title="Change your password" note="You stay signed in here; everywhere else you are signed out">
        <PasswordForm />
      </Panel>
      <SignedInPlaces />
    </Stack>
  );
}
