import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ordersQuery } from '../../api/orders.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { formatCount } from '../../format/number.ts';
import { DayRangeBar } from '../../question/DayRangeBar.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useUrlState } from '../../url-state.ts';
import { OrderFilters } from './OrderFilters.tsx';
import { orderColumns } from './order-columns.tsx';

/** What was sold, the newest first; every order leads to its explanation. */
export function Page() {
  const question = useQuestion();
  const [state] = useUrlState();
  const orders = useInfiniteQuery(ordersQuery(question, state));
  const rows = useMemo(() => orders.data?.pages.flatMap(({ data }) => data), [orders.data]);
  const columns = useMemo(() => orderColumns(question.tz), [question.tz]);
  return (
    <>
      <PageHeader title="Orders">What was sold. Each order explains who earned it and why.</PageHeader>
      <DayRangeBar question={question} />
      <OrderFilters />
      <DataTable
        label="Orders"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        sort={{ id: 'ordered_at', desc: true }}
        error={orders.error}
        onRetry={() => void orders.refetch()}
        csv="orders"
        empty={
          <EmptyState title="No orders here">
            Orders come by the API, by import or from the shop. Choose a longer range, or take filters away.
          </EmptyState>
        }
        footer={
          orders.hasNextPage && (
            <Button
              variant="default"
              size="compact-xs"
              loading={orders.isFetchingNextPage}
              onClick={() => void orders.fetchNextPage()}
            >
              The latest {formatCount(rows?.length)} are loaded: load older ones
            </Button>
          )
        }
      />
    </>
  );
}
