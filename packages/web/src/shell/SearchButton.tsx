import { Button, Kbd, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';

const SearchDialog = lazy(() => import('./SearchDialog.tsx'));

/** Opens the search, by a press or by `/` or Ctrl K from anywhere. */
export function SearchButton() {
  const [opened, { open, close }] = useDisclosure();
  useHotkeys([
    ['/', open],
    ['mod+K', open],
  ]);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconSearch size={14} />}
        rightSection={<Kbd size="xs">/</Kbd>}
        aria-label="Search campaigns, orders, products and customers"
        onClick={open}
      >
        <Text span size="xs" c="dimmed" visibleFrom="sm">
          Search campaigns, orders, products…
        </Text>
        <Text span size="xs" c="dimmed" hiddenFrom="sm">
          Search
        </Text>
      </Button>
      {opened && (
        <Suspense>
          <SearchDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}
