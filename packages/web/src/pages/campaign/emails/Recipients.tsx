import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sendsQuery } from '../../../api/email.ts';
import { allPartnersQuery } from '../../../api/partners.ts';
import { type Mailing, sendStatuses } from '../../../api/types/email.ts';
import { EmptyState } from '../../../elements/EmptyState.tsx';
import { Panel } from '../../../elements/Panel.tsx';
import { formatCount } from '../../../format/number.ts';
import { useMay } from '../../../session/use-session.ts';
import { DataTable } from '../../../table/DataTable.tsx';
import { useUrlState } from '../../../url-state.ts';
import { recipientColumns } from './recipient-columns.tsx';
import { SendHistory } from './SendHistory.tsx';

type RecipientsProps = { mailing: Mailing; tz: string };

/** To whom a mailing went, and what became of each mail. */
export function Recipients({ mailing, tz }: RecipientsProps) {
  const [state, change] = useUrlState();
  const { send, send_status, recipient } = state;
  const sends = useInfiniteQuery(sendsQuery(mailing.id, state));
  const partners = useQuery({ ...allPartnersQuery, enabled: useMay('partners:read') });
  const rows = useMemo(() => sends.data?.pages.flatMap(({ data }) => data), [sends.data]);
  const columns = useMemo(() => {
    const names = new Map((partners.data ?? []).map(({ id, name }) => [id, name]));
    return recipientColumns(tz, names);
  }, [partners.data, tz]);
  const search = useDebouncedCallback(
    (text: string) => change({ recipient: text.trim() || undefined, page: undefined }),
    250,
  );
  const isNarrowed = send_status !== undefined || recipient !== undefined;
  return (
    <Panel title="Recipients" note={`Of “${mailing.subject}”, with times of ${tz}.`}>
      <Group gap="xs" mb="sm" className="no-print">
        <TextInput
          aria-label="How an address begins"
          placeholder="Address begins…"
          size="xs"
          w={190}
          leftSection={<IconSearch size={14} />}
          defaultValue={recipient ?? ''}
          onChange={(event) => search(event.currentTarget.value)}
        />
        <Select
          aria-label="Status of the mail"
          placeholder="Any status"
          size="xs"
          w={140}
          clearable
          data={[...sendStatuses]}
          value={send_status ?? null}
          onChange={(value) => change({ send_status: value ?? undefined, page: undefined })}
        />
      </Group>
      <DataTable
        label="Recipients"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        error={sends.error}
        onRetry={() => void sends.refetch()}
        csv="recipients"
        empty={
          isNarrowed ? (
            <EmptyState title="No recipient passes these filters">Take one away.</EmptyState>
          ) : (
            <EmptyState title="Nothing was sent of this mailing yet">
              Sends come with touchstone import sends, or by POST to /api/v1/email-campaigns/{mailing.id}
              /sends/batch.
            </EmptyState>
          )
        }
        footer={
          sends.hasNextPage && (
            <Button
              variant="default"
              size="compact-xs"
              loading={sends.isFetchingNextPage}
              onClick={() => void sends.fetchNextPage()}
            >
              The first {formatCount(rows?.length)} are loaded: load more
            </Button>
          )
        }
      />
      {send !== undefined && (
        <SendHistory
          mailingId={mailing.id}
          sendId={send}
          tz={tz}
          onClose={() => change({ send: undefined })}
        />
      )}
    </Panel>
  );
}
