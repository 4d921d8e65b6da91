import { Alert, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { explanationQuery, orderQuery } from '../../api/orders.ts';
import { FailedPage } from '../../elements/FailedPage.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import { Explain } from './Explain.tsx';
import { LedgerEntries } from './LedgerEntries.tsx';
import { OrderFacts } from './OrderFacts.tsx';
import { OrderHeader } from './OrderHeader.tsx';
import { OrderLines } from './OrderLines.tsx';
import { OrderRefunds } from './OrderRefunds.tsx';

/** One order: what was sold, who earned it and why, and what stands in the ledger. */
export function Page() {
  const { orderId } = useParams({ from: `/inside${paths.order}` });
  const { tz } = useQuestion();
  const order = useQuery(orderQuery(orderId));
  const seesCredit = useMay('credits:read');
  const { data } = order;
  const explanation = useQuery({
    ...explanationQuery(orderId, data?.settlement.settled_at),
    enabled: seesCredit && data !== undefined,
  });
  if (order.error !== null)
    return <FailedPage title="Order" error={order.error} onRetry={() => void order.refetch()} />;
  if (data === undefined) return <LoadingRows label="Order" rows={12} />;
  return (
    <>
      <OrderHeader order={data} tz={tz} />
      <Stack gap="md">
        {data.settlement.status === 'failed' && (
          <Alert color="red" variant="light" title="Settling this order failed" role="alert">
            {data.settlement.error} An operator can try it again under Settings, Jobs.
          </Alert>
        )}
        {seesCredit && (
          <Explain
            explanation={explanation.data}
            error={explanation.error}
            onRetry={() => void explanation.refetch()}
            order={data}
            tz={tz}
          />
        )}
        <OrderLines order={data} />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <OrderFacts order={data} tz={tz} />
          <OrderRefunds order={data} tz={tz} />
        </SimpleGrid>
        {explanation.data !== undefined && (
          <LedgerEntries entries={explanation.data.entries} tz={tz} order={data} />
        )}
      </Stack>
    </>
  );
}
