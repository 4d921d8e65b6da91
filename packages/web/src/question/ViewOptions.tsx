import { Button, Popover, Skeleton } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Question } from './use-question.ts';

const ViewOptionFields = lazy(() => import('./ViewOptionFields.tsx'));

export type ViewOptionsProps = {
  question: Question;
  /** The reports go by the day of the sale and compare with nothing: zone and currency are all there is to choose. */
  bySaleOnly?: boolean;
};

/** Time zone, currency, by sale or as booked, and whether to compare. */
export function ViewOptions({ question, bySaleOnly = false }: ViewOptionsProps) {
  return (
    <Popover position="bottom-start" shadow="md" width={290} trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" fw={400} leftSection={<IconAdjustments size={14} />}>
          {question.tz} · {question.currency}
          {question.basis === 'posted' && !bySaleOnly ? ' · as booked' : ''}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="How it is shown">
        <Suspense fallback={<Skeleton h={260} />}>
          <ViewOptionFields question={question} bySaleOnly={bySaleOnly} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
