import { Group, Text } from '@mantine/core';
import { RangePicker } from './RangePicker.tsx';
import type { Question } from './use-question.ts';

/** The range alone, for lists that are asked nothing else. */
export function DayRangeBar({ question }: { question: Question }) {
  return (
    <Group gap="xs" mb="sm" className="no-print">
      <RangePicker question={question} />
      <Text size="xs" c="dimmed">
        Days of {question.tz}
      </Text>
    </Group>
  );
}
