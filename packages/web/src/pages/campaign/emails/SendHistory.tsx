import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sendQuery } from '../../../api/email.ts';
import type { SendEvent, SendWithEvents } from '../../../api/types/email.ts';
import { FailedState } from '../../../elements/FailedState.tsx';
import { LoadingRows } from '../../../elements/LoadingRows.tsx';
import { formatExactInstant } from '../../../format/time.ts';
import type { Column } from '../../../table/column.ts';
import { DataTable } from '../../../table/DataTable.tsx';
import { machineWords } from './machine-words.ts';
import { recipientOf } from './recipient-columns.tsx';

type SendHistoryProps = { mailingId: string; sendId: string; tz: string; onClose: () => void };

/** All that became of one mail, one thing after another; what machines did is marked. */
export function SendHistory({ mailingId, sendId, tz, onClose }: SendHistoryProps) {
  const { data, error, refetch } = useQuery(sendQuery(mailingId, sendId));
  const columns = useMemo(() => columnsFor(tz), [tz]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={data === undefined ? 'History' : `History of the mail to ${recipientOf(data)}`}
    >
      {error !== null && <FailedState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows label="History" />}
      {data !== undefined && (
        <>
          <Text size="sm" mb="sm">
            {sentenceOf(data, tz)}
          </Text>
          <DataTable
            label="Events"
            name="event-"
            columns={columns}
            rows={data.events}
            rowId={({ id }) => id}
            sort={{ id: 'occurred_at', desc: false }}
            csv="mail-history"
            empty="Nothing was told of it after it was sent"
          />
        </>
      )}
    </Modal>
  );
}

function sentenceOf({ sent_at, status, provider, failure_reason }: SendWithEvents, tz: string): string {
  const by = provider === null ? '' : ` by ${provider}`;
  const why = failure_reason === null ? '' : `: ${failure_reason}`;
  return `Sent ${formatExactInstant(sent_at, tz)} (${tz})${by}. It stands at ${status}${why}.`;
}

function columnsFor(tz: string): Column<SendEvent>[] {
  return [
    {
      id: 'occurred_at',
      header: `When (${tz})`,
      value: ({ occurred_at }) => occurred_at,
      cell: ({ occurred_at }) => formatExactInstant(occurred_at, tz),
    },
    { id: 'what', header: 'What', value: whatOf },
    { id: 'url', header: 'Link', wide: true, value: ({ url }) => url },
    { id: 'user_agent', header: 'Program', wide: true, value: ({ user_agent }) => user_agent },
    { id: 'reason', header: 'Why', wide: true, value: ({ reason }) => reason },
    { id: 'provider', header: 'Told by', wide: true, value: ({ provider }) => provider },
  ];
}

function whatOf({ kind, machine }: SendEvent): string {
  if (kind !== 'opened' && kind !== 'clicked') return kind;
  return `${kind} by ${machine === null ? 'a person' : `a machine: ${machineWords(machine)}`}`;
}
