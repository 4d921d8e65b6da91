import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './RankedBars.module.css';

export type RankedBar = {
  id: string;
  label: ReactNode;
  value: number;
  shown: string;
  color: string;
  note?: ReactNode;
};

/** Bars from zero under each other, the longest first; each says its figure. */
export function RankedBars({ bars, label }: { bars: RankedBar[]; label: string }) {
  const longest = Math.max(0, ...bars.map(({ value }) => value));
  return (
    <Stack component="ol" gap="sm" className={classes.list} aria-label={label}>
      {bars.map(({ id, label, value, shown, color, note }) => (
        <li key={id}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text component="div" size="sm" truncate>
              {label}
            </Text>
            <Text component="div" size="sm" className="figure" style={{ whiteSpace: 'nowrap' }}>
              {note} {shown}
            </Text>
          </Group>
          <div className={classes.ground}>
            <div
              className={classes.bar}
              style={{
                width: `${longest > 0 ? (Math.max(0, value) / longest) * 100 : 0}%`,
                background: color,
              }}
            />
          </div>
        </li>
      ))}
    </Stack>
  );
}
