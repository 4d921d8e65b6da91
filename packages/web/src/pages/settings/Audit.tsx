import { Button, Code, Group, Modal, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { auditQuery } from '../../api/people.ts';
import type { AuditEntry } from '../../api/types/people.ts';
import { formatCount } from '../../format/number.ts';
import { formatExactInstant } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useUrlState } from '../../url-state.ts';

const filters = [
  { name: 'actor', label: 'Who', placeholder: 'user:ada@example.com' },
  { name: 'subject_kind', label: 'Kind of thing', placeholder: 'campaign' },
  { name: 'action', label: 'What was done', placeholder: 'campaign.update' },
] as const;

/** Who changed what, the newest first. */
export function Audit() {
  const { tz } = useQuestion();
  const [{ actor, subject_kind, action }, change] = useUrlState();
  const audit = useInfiniteQuery(auditQuery({ actor, subject_kind, action }));
  const rows = useMemo(() => audit.data?.pages.flatMap(({ data }) => data), [audit.data]);
  const [opened, setOpened] = useState<AuditEntry>();
  const columns = useMemo(() => columnsFor(tz, setOpened), [tz]);
  const filter = useDebouncedCallback(
    (name: string, text: string) => change({ [name]: text.trim() || undefined, page: undefined }),
    300,
  );
  const given: Record<string, string | undefined> = { actor, subject_kind, action };
  return (
    <>
      <Group gap="xs" mb="sm">
        {filters.map(({ name, label, placeholder }) => (
          <TextInput
            key={name}
            size="xs"
            aria-label={label}
            placeholder={`${label}: ${placeholder}`}
            w={220}
            defaultValue={given[name] ?? ''}
            onChange={(event) => filter(name, event.currentTarget.value)}
          />
        ))}
      </Group>
      <DataTable
        label="Audit log"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        sort={{ id: 'at', desc: true }}
        error={audit.error}
        onRetry={() => void audit.refetch()}
        csv="audit"
        empty="Nothing was changed, as far as these filters see"
        footer={
          audit.hasNextPage && (
            <Button
              variant="default"
              size="compact-xs"
              loading={audit.isFetchingNextPage}
              onClick={() => void audit.fetchNextPage()}
            >
              The latest {formatCount(rows?.length)} are loaded: load older ones
            </Button>
          )
        }
      />
      {opened !== undefined && (
        <Modal opened onClose={() => setOpened(undefined)} title={opened.action} size="lg">
          <Code block>{JSON.stringify({ before: opened.before, after: opened.after }, null, 2)}</Code>
        </Modal>
      )}
    </>
  );
}

function columnsFor(tz: string, open: (entry: AuditEntry) => void): Column<AuditEntry>[] {
  return [
    {
      id: 'at',
      header: `When (${tz})`,
      value: ({ at }) => at,
      cell: ({ at }) => formatExactInstant(at, tz),
    },
    { id: 'actor', header: 'Who', value: ({ actor }) => actor },
    {
      id: 'action',
      header: 'What',
      value: ({ action }) => action,
      cell: (entry) => (
        <Button size="compact-xs" variant="subtle" onClick={() => open(entry)}>
          {entry.action}
        </Button>
      ),
    },
    { id: 'subject', header: 'Of', wide: true, value: ({ subject_kind }) => subject_kind },
    { id: 'subject_id', header: 'Its id', wide: true, value: ({ subject_id }) => subject_id },
    { id: 'reason', header: 'Why', wide: true, value: ({ reason }) => reason },
  ];
}
