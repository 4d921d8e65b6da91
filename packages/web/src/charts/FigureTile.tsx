import { Group, Paper, Text, Tooltip } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ChangeText } from '../elements/ChangeText.tsx';
import classes from './FigureTile.module.css';
import { Sparkline } from './Sparkline.tsx';

type FigureTileProps = {
  label: string;
  definition: string;
  /** Shortened; `whole` is the same with all its digits. */
  value: string;
  whole?: string;
  change?: number | null;
  better?: 'more' | 'less' | 'neither';
  previous?: string;
  course?: (number | null)[];
  note?: ReactNode;
  /** The rows that make the figure. */
  link?: LinkProps;
};

/** A figure as the hero: everything around it steps back. It leads to the rows that make it. */
export function FigureTile(props: FigureTileProps) {
  const { label, definition, value, whole, change, better, previous, course, note, link } = props;
  return (
    <Paper withBorder p="sm" bg="var(--raised)" className={classes.tile}>
      <Tooltip label={definition} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
        <Text size="xs" c="dimmed" component="div" className={classes.label}>
          {link === undefined ? (
            label
          ) : (
            <Link {...link} className={classes.link}>
              {label}
            </Link>
          )}
        </Text>
      </Tooltip>
      <Text className={`figure ${classes.value}`} title={whole}>
        {value}
      </Text>
      <Group gap="0 6px" mih={20}>
        {change !== undefined && <ChangeText change={change} better={better} />}
        {previous !== undefined && (
          <Text span size="xs" c="dimmed" className="figure">
            from {previous}
          </Text>
        )}
      </Group>
      {note !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
      {course !== undefined && (
        <div className={classes.course}>
          <Sparkline values={course} />
        </div>
      )}
    </Paper>
  );
}
