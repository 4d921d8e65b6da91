import classes from './StatusBadge.module.css';

const tones: Record<string, string> = {
  running: 'good',
  active: 'good',
  confirmed: 'good',
  processing: 'good',
  delivered: 'good',
  completed: 'good',
  settled: 'good',
  paused: 'warn',
  pending: 'warn',
  retrying: 'warn',
  queued: 'warn',
  cancelled: 'bad',
  refunded: 'bad',
  failed: 'bad',
};

/** A status as a word with a dot; the word says it, the colour only helps. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <span className={classes.badge} data-tone={tones[status]}>
      {status}
    </span>
  );
}
