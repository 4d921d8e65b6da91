import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '../api/ask.ts';

type FailedStateProps = { error: Error; onRetry?: () => void };

/** What happened, whose turn it is, and what to do. */
export function FailedState({ error, onRetry }: FailedStateProps) {
  const { title, remedy } = wordsFor(error);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={title} role="alert">
      <Text size="sm">{error.message}</Text>
      {error instanceof ApiError &&
        error.fields.map(({ path, message }) => (
          <Text key={path} size="sm">
            {path} {message}
          </Text>
        ))}
      <Group gap="sm" mt="xs">
        {onRetry !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {remedy}
        </Text>
      </Group>
    </Alert>
  );
}

function wordsFor(error: Error): { title: string; remedy: string } {
  if (!(error instanceof ApiError)) {
    return {
      title: 'This page stumbled',
      remedy: 'Reload the page. If it stumbles again, the fault is ours.',
    };
  }
  const named = error.requestId === null ? '' : ` The server’s log names it ${error.requestId}.`;
  if (error.status === 0) {
    return { title: 'The server does not answer', remedy: 'Check that it runs and that you are online.' };
  }
  if (error.status === 403) {
    return { title: 'You may not see this', remedy: 'An admin can give your role the permission.' };
  }
  if (error.status === 404) return { title: 'There is nothing here', remedy: 'It may have been deleted.' };
  if (error.status === 401) return { title: 'That does not let you in', remedy: '' };
  if (error.status === 409) return { title: 'That does not fit what is there', remedy: '' };
  if (error.status === 429) return { title: 'That was too often', remedy: 'Wait a little, then try again.' };
  if (error.status < 500) return { title: 'Something in it is not right yet', remedy: '' };
  return { title: 'Something failed on our side', remedy: `Try again in a moment.${named}` };
}
