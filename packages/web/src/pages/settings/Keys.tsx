import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { keysQuery, revokeKey } from '../../api/people.ts';
import type { ApiKey } from '../../api/types/people.ts';
import { formatInstant } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { KeyDialog } from './KeyDialog.tsx';

/** Keys of programs that use the API. */
export function Keys() {
  const { tz } = useQuestion();
  const client = useQueryClient();
  const keys = useQuery(keysQuery);
  const mayWrite = useMay('people:write');
  const [making, setMaking] = useState(false);
  const { mutate: revoke } = useMutation({
    mutationFn: revokeKey,
    onSuccess: ({ name }) => notifications.show({ message: `${name} is revoked from the next request on.` }),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  const columns = useMemo(() => columnsFor(tz, mayWrite ? revoke : undefined), [tz, mayWrite, revoke]);
  return (
    <>
      {mayWrite && (
        <Group justify="flex-end" mb="sm">
          <Button size="xs" onClick={() => setMaking(true)}>
            New key
          </Button>
        </Group>
      )}
      <DataTable
        label="API keys"
        columns={columns}
        rows={keys.data}
        rowId={({ id }) => id}
        sort={{ id: 'created_at', desc: true }}
        error={keys.error}
        onRetry={() => void keys.refetch()}
        csv="api-keys"
        empty="No key yet. A key lets a shop send orders and a program read reports."
      />
      {making && <KeyDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function columnsFor(tz: string, revoke: ((id: string) => void) | undefined): Column<ApiKey>[] {
  return [
    { id: 'name', header: 'Name', value: ({ name }) => name },
    { id: 'prefix', header: 'Begins with', wide: true, value: ({ prefix }) => prefix },
    {
      id: 'may',
      header: 'May',
      value: ({ role, permissions }) => role?.replace('_', ' ') ?? permissions?.join(', '),
    },
    {
      id: 'created_at',
      header: `Made (${tz})`,
      wide: true,
      value: ({ created_at }) => created_at,
      cell: ({ created_at }) => formatInstant(created_at, tz),
    },
    {
      id: 'last_used_at',
      header: `Last used (${tz})`,
      value: ({ last_used_at }) => last_used_at,
      cell: ({ last_used_at }) => formatInstant(last_used_at, tz),
    },
    {
      id: 'revoked_at',
      header: 'State',
      value: ({ revoked_at }) => (revoked_at === null ? 'active' : 'revoked'),
      cell: ({ id, name, revoked_at }) =>
        revoked_at !== null || revoke === undefined ? (
          (revoked_at === null && 'active') || 'revoked'
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            aria-label={`Revoke ${name}`}
            onClick={() => revoke(id)}
          >
            Revoke
          </Button>
        ),
    },
  ];
}
