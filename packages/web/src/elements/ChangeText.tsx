import { Text } from '@mantine/core';
import { formatChange } from '../format/number.ts';

type ChangeTextProps = {
  /** In percent of what it was. */
  change: number | null | undefined;
  /** Whether more is better; of spend neither is. */
  better?: 'more' | 'less' | 'neither';
};

/** How a figure changed: an arrow and a sign say the direction, the colour whether it is good. */
export function ChangeText({ change, better = 'more' }: ChangeTextProps) {
  if (change == null) {
    return (
      <Text span size="xs" c="dimmed" title="Nothing to compare with">
        –
      </Text>
    );
  }
  const good = better === 'neither' || change === 0 ? undefined : change > 0 === (better === 'more');
  const colour = good === undefined ? 'dimmed' : good ? 'var(--good)' : 'var(--bad)';
  const arrow = change === 0 ? '' : change > 0 ? '↑ ' : '↓ ';
  return (
    <Text span size="xs" c={colour} className="figure" style={{ whiteSpace: 'nowrap' }}>
      <span aria-hidden>{arrow}</span>
      {formatChange(change)}
    </Text>
  );
}
