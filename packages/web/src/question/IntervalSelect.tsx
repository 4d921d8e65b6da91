import { NativeSelect } from '@mantine/core';
import { useUrlState } from '../url-state.ts';
import { intervals } from './interval.ts';

/** By hour, day, week or month; by what fits the range while nothing is chosen. */
export function IntervalSelect() {
  const [{ interval = '' }, change] = useUrlState();
  return (
    <NativeSelect
      size="xs"
      aria-label="Interval"
      data={[
        { value: '', label: 'Automatic' },
        ...intervals.map((value) => ({ value, label: `By ${value}` })),
      ]}
      value={interval}
      onChange={(event) => change({ interval: event.currentTarget.value || undefined })}
    />
  );
}
