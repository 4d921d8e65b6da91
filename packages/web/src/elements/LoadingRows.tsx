import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useSlow } from './use-slow.ts';

/** Stands where rows will be. */
export function LoadingRows({ label, rows = 6 }: { label: string; rows?: number }) {
  const slow = useSlow();
  return (
    <Stack gap="xs" mih={rows * 36} aria-busy="true">
      <VisuallyHidden role="status">Loading: {label}</VisuallyHidden>
      {slow &&
        Array.from({ length: rows }, (_, row) => `row ${row}`).map((key) => <Skeleton key={key} h={28} />)}
    </Stack>
  );
}
