import { List } from '@mantine/core';
import { modelWords } from '../../question/models.ts';
import { ReachMark } from '../../question/ReachMark.tsx';
import { useInstallation } from '../../session/use-installation.ts';

/** What each of the compared models means. */
export function ModelLines({ models }: { models: string[] }) {
  const installation = useInstallation();
  const additive = (model: string) =>
    installation.models.find((each) => each.model === model)?.additive ?? true;
  return (
    <List size="xs" c="dimmed" mb="md" listStyleType="none" withPadding={false}>
      {models.map((model) => (
        <List.Item key={model}>
          <b>{modelWords(model).label}</b> {!additive(model) && <ReachMark />}
          {modelWords(model).meaning}
        </List.Item>
      ))}
    </List>
  );
}
