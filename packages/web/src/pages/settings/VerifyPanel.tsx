import { Button, Code, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { verifyAll } from '../../api/operations.ts';
import type { Verification } from '../../api/types/operations.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatCount } from '../../format/number.ts';

/** Recomputes everything from facts and compares it with the ledger and its sums. */
export function VerifyPanel() {
  const verify = useMutation({ mutationFn: verifyAll });
  return (
    <Panel
      title="Verify"
      note="Recomputes all credit from the recorded facts and compares; changes nothing"
      actions={
        <Button size="xs" variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          Verify now
        </Button>
      }
    >
      {verify.error !== null && <FailedState error={verify.error} />}
      {verify.data !== undefined && <Result verification={verify.data} />}
    </Panel>
  );
}

function Result({ verification }: { verification: Verification }) {
  const { orders_checked, rollup_rows_checked, pending, difference_count, differences } = verification;
  return (
    <div role="status">
      <Text size="sm">
        {formatCount(orders_checked)} orders and {formatCount(rollup_rows_checked)} sums checked:{' '}
        {difference_count === 0 ? 'no difference.' : `${formatCount(difference_count)} differences.`}
        {pending > 0 && ` ${formatCount(pending)} orders are still to be settled.`}
      </Text>
      {differences.length > 0 && (
        <Code block mt="sm">
          {differences.map((difference) => JSON.stringify(difference)).join('\n')}
        </Code>
      )}
    </div>
  );
}
