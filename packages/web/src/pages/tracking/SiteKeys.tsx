import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { revokeSiteKey } from '../../api/tracking.ts';
import type { SiteKey } from '../../api/types/tracking.ts';
import { Panel } from '../../elements/Panel.tsx';
import { formatInstant } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { NewSiteKey } from './NewSiteKey.tsx';

/** The public keys by which pages send visits, those out of use too. */
export function SiteKeys({ keys }: { keys: SiteKey[] }) {
  const { tz } = useQuestion();
  const client = useQueryClient();
  const mayWrite = useMay('campaigns:write');
  const { mutate: revoke } = useMutation({
    mutationFn: revokeSiteKey,
    onSuccess: ({ name }) =>
      notifications.show({ message: `${name} is out of use: pages that still send it are refused.` }),
    onSettled: () => client.invalidateQueries({ queryKey: ['site-keys'] }),
  });
  const columns = useMemo(() => columnsFor(tz, mayWrite ? revoke : undefined), [tz, mayWrite, revoke]);
  if (keys.length === 0) return null;
  return (
    <Panel title="Site keys" actions={mayWrite && <NewSiteKey />}>
      <DataTable
        label="Site keys"
        name="keys-"
        columns={columns}
        rows={keys}
        rowId={({ id }) => id}
        sort={{ id: 'created_at', desc: true }}
        csv="site-keys"
        empty="No site key yet"
      />
    </Panel>
  );
}

function columnsFor(tz: string, revoke: ((id: string) => void) | undefined): Column<SiteKey>[] {
  return [
    { id: 'name', header: 'Name', value: ({ name }) => name },
    { id: 'key', header: 'Key', wide: true, value: ({ key }) => key },
    {
      id: 'created_at',
      header: `Made (${tz})`,
      wide: true,
      value: ({ created_at }) => created_at,
      cell: ({ created_at }) => formatInstant(created_at, tz),
    },
    { id: 'created_by', header: 'By', wide: true, value: ({ created_by }) => created_by },
    {
      id: 'state',
      header: 'State',
      value: ({ revoked_at }) => (revoked_at === null ? 'in use' : 'out of use'),
      cell: ({ id, name, revoked_at }) =>
        revoked_at !== null || revoke === undefined ? (
          (revoked_at === null && 'in use') || 'out of use'
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
