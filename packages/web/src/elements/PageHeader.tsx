import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

type PageHeaderProps = { title: string; above?: ReactNode; children?: ReactNode; actions?: ReactNode };

/** The heading of a page, which also names the browser's tab; below it a sentence on what is shown. */
export function PageHeader({ title, above, children, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Touchstone`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="md">
      <Stack gap={2} miw={0} flex="1 1 16rem">
        {above}
        <Title order={1}>{title}</Title>
        {children !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            {children}
          </Text>
        )}
      </Stack>
      {actions !== undefined && (
        <Group gap="xs" className="no-print">
          {actions}
        </Group>
      )}
    </Group>
  );
}
