import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { FunctionComponent } from 'react';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { paths } from '../../paths.ts';
import { useSession } from '../../session/use-session.ts';
import { Account } from './Account.tsx';
import { Audit } from './Audit.tsx';
import { Configuration } from './Configuration.tsx';
import { Jobs } from './Jobs.tsx';
import { Keys } from './Keys.tsx';
import { Users } from './Users.tsx';

type Section = { id: string; label: string; needs: string; Content: FunctionComponent };

const sections: Section[] = [
  { id: 'account', label: 'Your account', needs: '', Content: Account },
  { id: 'users', label: 'Users', needs: 'people:read', Content: Users },
  { id: 'keys', label: 'API keys', needs: 'people:read', Content: Keys },
  { id: 'audit', label: 'Audit', needs: 'audit:read', Content: Audit },
  { id: 'jobs', label: 'Jobs', needs: 'operations:read', Content: Jobs },
  { id: 'configuration', label: 'Configuration', needs: '', Content: Configuration },
];

/** Who may come in, what was changed, how the installation is set up and whether its work gets done. */
export function Page() {
  const { section } = useParams({ strict: false });
  const { permissions } = useSession();
  const navigate = useNavigate();
  const open = sections.filter(({ needs }) => needs === '' || permissions.includes(needs));
  const shown = open.find(({ id }) => id === section) ?? open[0]!;
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs
        value={shown.id}
        keepMounted={false}
        onChange={(id) => void navigate({ to: paths.settingsSection, params: { section: id ?? 'account' } })}
      >
        <Tabs.List mb="md">
          {open.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {open.map(({ id, Content }) => (
          <Tabs.Panel key={id} value={id}>
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
