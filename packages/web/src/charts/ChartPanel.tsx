import { Group, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '../elements/Panel.tsx';
import { useUrlState } from '../url-state.ts';

type ChartPanelProps = {
  title: string;
  /** What the chart says, in a sentence. */
  note?: ReactNode;
  /** Distinguishes the charts of a view in its address. */
  name: string;
  chart: ReactNode;
  table: ReactNode;
  controls?: ReactNode;
};

/** A chart with its table one press away. */
export function ChartPanel({ title, note, name, chart, table, controls }: ChartPanelProps) {
  const [state, change] = useUrlState();
  const shown = state[name] === 'table' ? 'table' : 'chart';
  return (
    <Panel
      title={title}
      note={note}
      actions={
        <Group gap="xs" className="no-print">
          {controls}
          <SegmentedControl
            size="xs"
            aria-label={`${title}: chart or table`}
            value={shown}
            onChange={(value) => change({ [name]: value === 'table' ? 'table' : undefined })}
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
        </Group>
      }
    >
      {shown === 'table' ? table : chart}
    </Panel>
  );
}
