import { NativeSelect } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useInstallation } from '../session/use-installation.ts';
import { useUrlState } from '../url-state.ts';
import { modelWords } from './models.ts';
import type { Question } from './use-question.ts';

/** Under which model credit is shown. */
export function ModelSwitch({ question }: { question: Question }) {
  const { models } = useInstallation();
  const [, change] = useUrlState();
  const published = models.filter(({ status }) => status === 'published');
  return (
    <NativeSelect
      aria-label="Attribution model"
      size="xs"
      w={178}
      leftSection={<IconArrowsSplit2 size={14} />}
      data={published.map(({ model }) => ({ value: model, label: modelWords(model).label }))}
      value={question.model}
      onChange={(event) => change({ model: event.currentTarget.value })}
    />
  );
}
