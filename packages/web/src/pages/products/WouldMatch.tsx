import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { debugQuery } from '../../api/orders.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { MomentField } from '../../elements/MomentField.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatMoney } from '../../format/money.ts';
import { useQuestion } from '../../question/use-question.ts';
import { Decision } from '../order/Decision.tsx';
import { Evidence } from '../order/Evidence.tsx';

/** A sale that did not happen: which campaigns would be credited for it, and why the others would not. */
export function WouldMatch({ productId, tz }: { productId: string; tz: string }) {
  const { currency, model } = useQuestion();
  const [now] = useState(() => new Date().toISOString());
  const [moment, setMoment] = useState<string>();
  const debugged = useQuery(debugQuery(productId, moment ?? now, currency));
  const { data } = debugged;
  return (
    <Panel
      title="Who would earn a sale of it?"
      note={`A sale of ${formatMoney(100, currency)} at the moment you choose; nothing is recorded`}
    >
      <Stack gap="md">
        <MomentField label="Sold" maw={280} timeZone={tz} value={moment ?? now} onChange={setMoment} />
        {debugged.error !== null && <FailedState error={debugged.error} />}
        {debugged.isPending && <LoadingRows label="Campaigns" rows={3} />}
        {data !== undefined && (
          <>
            <Evidence candidates={data.candidates} saleTime={data.sale_time} tz={tz} />
            <Decision
              candidates={data.candidates}
              share={data.shares.find((share) => share.model === model)}
              currency={data.currency}
              tz={tz}
            />
          </>
        )}
      </Stack>
    </Panel>
  );
}
