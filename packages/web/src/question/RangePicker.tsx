import { Button, Group, Popover, Skeleton, Stack } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { formatDays } from '../format/time.ts';
import { useUrlState } from '../url-state.ts';
import { type Preset, presets } from './ranges.ts';
import type { Question } from './use-question.ts';

const RangeCalendar = lazy(() => import('./RangeCalendar.tsx'));

/** The days that are asked for: a preset, which moves with time, or two days, which do not. */
export function RangePicker({ question }: { question: Question }) {
  const [opened, { close, toggle }] = useDisclosure();
  const [, change] = useUrlState();
  const narrow = useMediaQuery('(max-width: 48em)');
  const label = presets.find(({ id }) => id === question.preset)?.label;
  const days = formatDays(question.from, question.to);

  const choosePreset = (preset: Preset) => {
    change({ range: preset === presets[0].id ? undefined : preset, from: undefined, to: undefined });
    close();
  };
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          fw={400}
          leftSection={<IconCalendar size={14} />}
          onClick={toggle}
          aria-expanded={opened}
        >
          {label === undefined ? days : narrow ? label : `${label}: ${days}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Date range">
        <Group align="flex-start" gap="md" wrap={narrow ? 'wrap' : 'nowrap'}>
          <Stack gap={2}>
            {presets.map(({ id, label }) => (
              <Button
                key={id}
                size="compact-sm"
                justify="flex-start"
                variant={id === question.preset ? 'light' : 'subtle'}
                color={id === question.preset ? undefined : 'gray'}
                fw={400}
                aria-pressed={id === question.preset}
                onClick={() => choosePreset(id)}
              >
                {label}
              </Button>
            ))}
          </Stack>
          <Suspense fallback={<Skeleton w={252} h={260} />}>
            <RangeCalendar
              from={question.from}
              to={question.to}
              onChoose={({ from, to }) => {
                change({ range: undefined, from, to });
                close();
              }}
            />
          </Suspense>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
