import { Title } from '@mantine/core';
import { paths } from '../paths.ts';
import { EmptyState } from './EmptyState.tsx';
import { TextLink } from './links.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <main>
      <EmptyState
        title={<Title order={1}>There is no such page</Title>}
        action={<TextLink to={paths.overview}>Go to the overview</TextLink>}
      >
        The address may be mistyped, or from another version.
      </EmptyState>
    </main>
  );
}
