import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './Door.module.css';

/** What stands before one is inside. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Touchstone`;
  }, [title]);
  return (
    <main className={classes.place}>
      <Paper withBorder p="xl" bg="var(--raised)" w="100%" maw={380}>
        <Group gap="xs" mb="lg">
          <img src="/favicon.svg" alt="" width={26} height={26} />
          <Text fw={650}>Touchstone</Text>
        </Group>
        <Title order={1} mb="md">
          {title}
        </Title>
        {children}
      </Paper>
      <Text size="xs" c="dimmed" mt="md">
        Which campaign earned which sale, to the cent.
      </Text>
    </main>
  );
}
