import { Group, NativeSelect, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { modelWords } from '../question/models.ts';
import { RangePicker } from '../question/RangePicker.tsx';
import { ViewOptions } from '../question/ViewOptions.tsx';
import { useInstallation } from '../session/use-installation.ts';
import { useUrlState } from '../url-state.ts';
import type { EmailQuestion } from './use-email-question.ts';

/** What reports of mailings are asked: range, whose word on revenue is taken, zone and currency. */
export function EmailQuestionBar({ question }: { question: EmailQuestion }) {
  const { models } = useInstallation();
  const [, change] = useUrlState();
  const choices = models.filter(({ status, additive }) => status === 'published' && additive);
  return (
    <div>
      <Group gap="xs" className="no-print" role="group" aria-label="What is asked">
        <RangePicker question={question} />
        <NativeSelect
          aria-label="Whose word on revenue is taken"
          size="xs"
          w={178}
          leftSection={<IconArrowsSplit2 size={14} />}
          data={[
            { value: '', label: 'As sources claim' },
            ...choices.map(({ model }) => ({ value: model, label: modelWords(model).label })),
          ]}
          value={question.claimed ? '' : question.model}
          onChange={(event) => change({ model: event.currentTarget.value || undefined })}
        />
        <ViewOptions question={question} bySaleOnly />
      </Group>
      <Text size="xs" c="dimmed" mt={6} mb="md" component="div">
        {question.claimed
          ? 'Revenue is what sources claim: sales of CRMs and orders that name the campaign, each once, after refunds.'
          : modelWords(question.model).meaning}
      </Text>
    </div>
  );
}
