import { Container } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { FailedState } from './FailedState.tsx';

/** A page that could not be shown at all. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <Container component="main" size="sm" py="xl">
      <FailedState error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    </Container>
  );
}
