import { FailedState } from './FailedState.tsx';
import { PageHeader } from './PageHeader.tsx';

type FailedPageProps = { title: string; error: Error; onRetry: () => void };

/** A page whose subject could not be had. */
export function FailedPage({ title, error, onRetry }: FailedPageProps) {
  return (
    <>
      <PageHeader title={title} />
      <FailedState error={error} onRetry={onRetry} />
    </>
  );
}
