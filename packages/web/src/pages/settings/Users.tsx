import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { usersQuery } from '../../api/people.ts';
import type { User } from '../../api/types/people.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatInstant } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { UserDialog } from './UserDialog.tsx';

/** Who may sign in, and as what. */
export function Users() {
  const { tz } = useQuestion();
  const users = useQuery(usersQuery);
  const mayWrite = useMay('people:write');
  const [edited, setEdited] = useState<User | 'new'>();
  const columns = useMemo(() => columnsFor(tz, mayWrite ? setEdited : undefined), [tz, mayWrite]);
  return (
    <>
      {mayWrite && (
        <Group justify="flex-end" mb="sm">
          <Button size="xs" onClick={() => setEdited('new')}>
            New user
          </Button>
        </Group>
      )}
      <DataTable
        label="Users"
        columns={columns}
        rows={users.data}
        rowId={({ id }) => id}
        sort={{ id: 'name', desc: false }}
        error={users.error}
        onRetry={() => void users.refetch()}
        csv="users"
        empty="Nobody yet"
      />
      {edited !== undefined && (
        <UserDialog user={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}

function columnsFor(tz: string, edit: ((user: User) => void) | undefined): Column<User>[] {
  return [
    { id: 'name', header: 'Name', value: ({ name }) => name },
    { id: 'email', header: 'Email', value: ({ email }) => email },
    { id: 'role', header: 'Role', value: ({ role }) => role.replace('_', ' ') },
    {
      id: 'scope',
      header: 'Sees',
      wide: true,
      value: ({ owner_scope }) => (owner_scope === null ? 'everything' : owner_scope.join(', ')),
    },
    {
      id: 'state',
      header: 'State',
      value: ({ disabled_at }) => (disabled_at === null ? 'active' : 'disabled'),
      cell: ({ disabled_at }) => <StatusBadge status={disabled_at === null ? 'active' : 'disabled'} />,
    },
    {
      id: 'last_signed_in_at',
      header: `Last signed in (${tz})`,
      wide: true,
      value: ({ last_signed_in_at }) => last_signed_in_at,
      cell: ({ last_signed_in_at }) => formatInstant(last_signed_in_at, tz),
    },
    ...(edit === undefined
      ? []
      : [
          {
            id: 'edit',
            header: 'Change',
            sorts: false,
            value: () => null,
            cell: (user: User) => (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Change ${user.name}`}
                onClick={() => edit(user)}
              >
                Change
              </Button>
            ),
          },
        ]),
  ];
}
