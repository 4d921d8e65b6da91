import { ActionIcon, Menu } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { paths } from '../paths.ts';
import { useSession, useSignOut } from '../session/use-session.ts';

/** Who is signed in, and the ways out. */
export function AccountMenu() {
  const { user } = useSession();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Account">
          <IconUser size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user === null ? 'API key' : `${user.name} · ${user.role.replace('_', ' ')}`}</Menu.Label>
        <Menu.Item component={Link} to={paths.settings}>
          Your account
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => signOut.mutate({ everywhere: false })}
        >
          Sign out
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate({ everywhere: true })}>Sign out everywhere</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
