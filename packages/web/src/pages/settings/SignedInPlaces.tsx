import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { placesQuery, signOutOf } from '../../api/people.ts';
import type { SignedInPlace } from '../../api/types/people.ts';
import { Panel } from '../../elements/Panel.tsx';
import { formatInstant } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useSignOut } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

/** Where one is signed in, and the way out of each place. */
export function SignedInPlaces() {
  const { tz } = useQuestion();
  const client = useQueryClient();
  const places = useQuery(placesQuery);
  const everywhere = useSignOut();
  const { mutate: leave } = useMutation({
    mutationFn: signOutOf,
    onSettled: () => client.invalidateQueries({ queryKey: ['places'] }),
  });
  const columns = useMemo(() => columnsFor(tz, leave), [tz, leave]);
  return (
    <Panel
      title="Where you are signed in"
      actions={
        <Button
          size="xs"
          variant="default"
          loading={everywhere.isPending}
          onClick={() => everywhere.mutate({ everywhere: true })}
        >
          Sign out everywhere
        </Button>
      }
    >
      <DataTable
        label="Where you are signed in"
        columns={columns}
        rows={places.data}
        rowId={({ id }) => id}
        sort={{ id: 'last_seen_at', desc: true }}
        error={places.error}
        onRetry={() => void places.refetch()}
        empty="Nowhere"
      />
    </Panel>
  );
}

function columnsFor(tz: string, leave: (id: string) => void): Column<SignedInPlace>[] {
  return [
    { id: 'user_agent', header: 'Browser', value: ({ user_agent }) => browserIn(user_agent) },
    { id: 'address', header: 'Address', wide: true, value: ({ address }) => address },
    {
      id: 'last_seen_at',
      header: `Last seen (${tz})`,
      value: ({ last_seen_at }) => last_seen_at,
      cell: ({ last_seen_at }) => formatInstant(last_seen_at, tz),
    },
    {
      id: 'leave',
      header: 'Sign out',
      sorts: false,
      value: ({ is_current }) => (is_current ? 'here' : ''),
      cell: ({ id, is_current }) =>
        is_current ? (
          'this one'
        ) : (
          <Button size="compact-xs" variant="subtle" onClick={() => leave(id)}>
            Sign out
          </Button>
        ),
    },
  ];
}

/** "Chrome on Linux", as far as the browser tells. */
function browserIn(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const name = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((each) => userAgent.includes(`${each}/`));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((each) =>
    userAgent.includes(each),
  );
  const known: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };
  return [name === undefined ? 'A browser' : (known[name] ?? name), system].filter(Boolean).join(' on ');
}
