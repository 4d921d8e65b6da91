import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { Explanation, Order } from '../../api/types/order.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { modelWords } from '../../question/models.ts';
import { useUrlState } from '../../url-state.ts';
import { ExplainedLine } from './ExplainedLine.tsx';

type ExplainProps = {
  explanation: Explanation | undefined;
  error: Error | null;
  onRetry: () => void;
  order: Order;
  tz: string;
};

/** Who earned the sale, drawn as it flows: the evidence, the decision, the ledger; line by line, under one model. */
export function Explain({ explanation, error, onRetry, order, tz }: ExplainProps) {
  const [state, change] = useUrlState();
  if (error !== null) return <FailedState error={error} onRetry={onRetry} />;
  if (explanation === undefined) return <LoadingRows label="Explanation" rows={8} />;
  const models = [
    ...new Set(explanation.lines.flatMap(({ shares }) => shares.map(({ model }) => model))),
  ].sort((a, b) => Number(b === 'product_split') - Number(a === 'product_split'));
  const model = models.find((each) => each === state.model) ?? models[0];
  return (
    <Panel
      title="Who earned it, and why"
      note={explanation.summary}
      actions={
        models.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Attribution model"
            value={model}
            onChange={(value) => change({ model: value })}
            data={models.map((value) => ({ value, label: modelWords(value).label }))}
          />
        )
      }
    >
      {model !== undefined && (
        <Text size="xs" c="dimmed" mb="sm">
          {modelWords(model).meaning}
        </Text>
      )}
      <Stack gap="lg">
        {explanation.lines.map((line) => (
          <ExplainedLine
            key={line.line_no}
            line={line}
            model={model}
            entries={explanation.entries.filter(
              (entry) => entry.line_no === line.line_no && entry.model === model,
            )}
            order={order}
            saleTime={explanation.sale_time}
            tz={tz}
          />
        ))}
      </Stack>
    </Panel>
  );
}
