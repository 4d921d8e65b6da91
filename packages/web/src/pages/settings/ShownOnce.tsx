import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';

type ShownOnceProps = { what: string; secret: string; advice: string; onClose: () => void };

/** A secret that was just made: it is kept nowhere, so it is to be copied now. */
export function ShownOnce({ what, secret, advice, onClose }: ShownOnceProps) {
  return (
    <Stack gap="sm" role="status">
      <Text size="sm">{what}, shown this once:</Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      <Text size="xs" c="dimmed">
        {advice}
      </Text>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>I have kept it</Button>
      </Group>
    </Stack>
  );
}
