import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './Panel.module.css';

type PanelProps = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A part of a page under its heading. */
export function Panel({ title, note, actions, children }: PanelProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" bg="var(--raised)" aria-labelledby={id} miw={0}>
      <Group justify="space-between" align="flex-start" gap="xs" mb="sm">
        <div className={classes.words}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {note !== undefined && (
            <Text size="sm" c="dimmed" component="div">
              {note}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
