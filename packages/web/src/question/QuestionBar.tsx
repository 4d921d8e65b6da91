import { Group, Text } from '@mantine/core';
import { ModelSwitch } from './ModelSwitch.tsx';
import { modelWords } from './models.ts';
import { RangePicker } from './RangePicker.tsx';
import { ReachMark } from './ReachMark.tsx';
import { useQuestion } from './use-question.ts';
import { ViewOptions } from './ViewOptions.tsx';

type QuestionBarProps = {
  /** The model that is taken where the address names none. */
  preferred?: string;
};

/** What the page's reports are asked: range, model, and how to show it. All of it stands in the address. */
export function QuestionBar({ preferred }: QuestionBarProps) {
  const question = useQuestion(preferred);
  return (
    <div>
      <Group gap="xs" className="no-print" role="group" aria-label="What is asked">
        <RangePicker question={question} />
        <ModelSwitch question={question} />
        <ViewOptions question={question} />
      </Group>
      <Text size="xs" c="dimmed" mt={6} mb="md" component="div">
        {!question.additive && <ReachMark />}
        {modelWords(question.model).meaning}
      </Text>
    </div>
  );
}
