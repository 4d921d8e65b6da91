import { Button, Code, CopyButton, Group } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

type CopyBlockProps = {
  /** What is copied, for those who do not see it: "the snippet". */
  what: string;
  text: string;
};

/** Text that is to be taken elsewhere, and the button that takes it. */
export function CopyBlock({ what, text }: CopyBlockProps) {
  return (
    <div>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {text}
      </Code>
      <Group justify="flex-end" mt={4}>
        <CopyButton value={text} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {copied ? 'Copied' : `Copy ${what}`}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
