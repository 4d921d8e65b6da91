import { Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { jobsQuery, queueQuery, retryJob } from '../../api/operations.ts';
import type { Job, QueueState } from '../../api/types/operations.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatCount } from '../../format/number.ts';
import { formatInstant } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useUrlState } from '../../url-state.ts';
import { VerifyPanel } from './VerifyPanel.tsx';

const statuses = ['failed', 'retrying', 'running', 'waiting'];

/** Whether the work gets done: the queue, and what failed, with another try. */
export function Jobs() {
  const { tz } = useQuestion();
  const [{ status }, change] = useUrlState();
  const client = useQueryClient();
  const queue = useQuery(queueQuery());
  const jobs = useQuery(jobsQuery(status));
  const mayRetry = useMay('operations:write');
  const { mutate: retry } = useMutation({
    mutationFn: retryJob,
    onError: (error) => notifications.show({ color: 'red', title: 'Not retried', message: error.message }),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
  const columns = useMemo(() => columnsFor(tz, mayRetry ? retry : undefined), [tz, mayRetry, retry]);
  return (
    <Stack gap="md">
      {queue.data !== undefined && <QueueFigures queue={queue.data} />}
      <Group>
        <Select
          size="xs"
          w={150}
          aria-label="Status"
          placeholder="Any status"
          clearable
          data={statuses}
          value={status ?? null}
          onChange={(value) => change({ status: value ?? undefined })}
        />
      </Group>
      <DataTable
        label="Jobs"
        columns={columns}
        rows={jobs.data}
        rowId={({ id }) => id}
        sort={{ id: 'created_at', desc: true }}
        error={jobs.error}
        onRetry={() => void jobs.refetch()}
        csv="jobs"
        empty={
          <EmptyState title="Nothing is waiting and nothing has failed">
            A job that keeps failing stays here with its error until it is tried again.
          </EmptyState>
        }
      />
      <VerifyPanel />
    </Stack>
  );
}

function QueueFigures({ queue }: { queue: QueueState }) {
  const figures: [string, string][] = [
    ['Waiting', formatCount(queue.waiting)],
    ['Running', formatCount(queue.running)],
    ['Being tried again', formatCount(queue.retrying)],
    ['Failed', formatCount(queue.failed)],
    ['Oldest waits', `${formatCount(Math.round(queue.lag_seconds))} s`],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text fz="lg" fw={600} className="figure">
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}

function columnsFor(tz: string, retry: ((id: string) => void) | undefined): Column<Job>[] {
  return [
    { id: 'task', header: 'Task', value: ({ task }) => task },
    {
      id: 'status',
      header: 'Status',
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      id: 'attempts',
      header: 'Attempts',
      numeric: true,
      value: ({ attempts }) => attempts,
      cell: ({ attempts, max_attempts }) => `${attempts} of ${max_attempts}`,
    },
    {
      id: 'created_at',
      header: `Since (${tz})`,
      wide: true,
      value: ({ created_at }) => created_at,
      cell: ({ created_at }) => formatInstant(created_at, tz),
    },
    { id: 'last_error', header: 'Error', value: ({ last_error }) => last_error },
    ...(retry === undefined
      ? []
      : [
          {
            id: 'retry',
            header: 'Retry',
            sorts: false,
            value: () => null,
            cell: ({ id, task, status }: Job) =>
              status === 'failed' ? (
                <Button
                  size="compact-xs"
                  variant="light"
                  aria-label={`Try ${task} ${id} again`}
                  onClick={() => retry(id)}
                >
                  Try again
                </Button>
              ) : (
                ''
              ),
          },
        ]),
  ];
}
