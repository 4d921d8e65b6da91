import { NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import type { Explanation, Order } from '../../api/types/order.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { modelWords } from '../../question/models.ts';
import { useUrlState } from '../../url-state.ts';
import { ExplainedLine } from './ExplainedLine.tsx';
import { ExplainedPath } from './ExplainedPath.tsx';

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
  const { lines, path, entries } = explanation;
  const ofLines = new Set(lines.flatMap(({ shares }) => shares.map(({ model }) => model)));
  const models = [...ofLines, ...path.shares.map(({ model }) => model)].sort(
    (a, b) => Number(b === 'product_split') - Number(a === 'product_split'),
  );
  const model = models.find((each) => each === state.model) ?? models[0];
  const share = path.shares.find((each) => each.model === model);
  return (
    <Panel
      title="Who earned it, and why"
      note={explanation.summary}
      actions={
        models.length > 1 && (
          <ModelChoice models={models} value={model} onChange={(value) => change({ model: value })} />
        )
      }
    >
      {model !== undefined && (
        <Text size="xs" c="dimmed" mb="sm">
          {modelWords(model).meaning}
        </Text>
      )}
      {share !== undefined ? (
        <ExplainedPath
          path={path}
          share={share}
          entries={entries.filter((entry) => entry.model === model)}
          order={order}
          saleTime={explanation.sale_time}
          tz={tz}
        />
      ) : (
        <Stack gap="lg">
          {lines.map((line) => (
            <ExplainedLine
              key={line.line_no}
              line={line}
              model={model}
              entries={entries.filter((entry) => entry.line_no === line.line_no && entry.model === model)}
              order={order}
              saleTime={explanation.sale_time}
              tz={tz}
            />
          ))}
        </Stack>
      )}
    </Panel>
  );
}

type ModelChoiceProps = { models: string[]; value: string | undefined; onChange: (model: string) => void };

// More than three names do not fit beside the title.
function ModelChoice({ models, value = '', onChange }: ModelChoiceProps) {
  const data = models.map((model) => ({ value: model, label: modelWords(model).label }));
  return models.length > 3 ? (
    <NativeSelect
      size="xs"
      aria-label="Attribution model"
      value={value}
      data={data}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ) : (
    <SegmentedControl
      size="xs"
      aria-label="Attribution model"
      value={value}
      onChange={onChange}
      data={data}
    />
  );
}
