import { ActionIcon, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { formatCount } from '../format/number.ts';

type PagerProps = { page: number; pageSize: number; count: number; onPage: (page: number) => void };

/** Which rows of how many are shown, and the way to the others. */
export function Pager({ page, pageSize, count, onPage }: PagerProps) {
  const last = Math.max(0, Math.ceil(count / pageSize) - 1);
  const current = Math.min(page, last);
  const from = current * pageSize + 1;
  const to = Math.min(count, from + pageSize - 1);
  return (
    <Group gap={4}>
      <Text size="xs" c="dimmed" className="figure">
        {last === 0
          ? `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`
          : `${formatCount(from)}–${formatCount(to)} of ${formatCount(count)}`}
      </Text>
      {last > 0 && (
        <>
          <ActionIcon
            variant="subtle"
            aria-label="Previous page"
            disabled={current === 0}
            onClick={() => onPage(current - 1)}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            aria-label="Next page"
            disabled={current === last}
            onClick={() => onPage(current + 1)}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
        </>
      )}
    </Group>
  );
}
