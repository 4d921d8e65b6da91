import { Text } from '@mantine/core';
import type { CreditEntry } from '../../api/types/order.ts';
import { formatMoney } from '../../format/money.ts';
import classes from './Explain.module.css';

/** What the ledger holds of the line: the sum per campaign, and the entries that make it. */
export function Posted({ entries }: { entries: CreditEntry[] }) {
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is posted.
      </Text>
    );
  }
  const campaigns = new Map<string, CreditEntry[]>();
  for (const entry of entries) {
    campaigns.set(entry.campaign_id, [...(campaigns.get(entry.campaign_id) ?? []), entry]);
  }
  return (
    <ul className={classes.list}>
      {[...campaigns].map(([id, posted]) => (
        <li key={id} className={classes.verdict}>
          <div className={classes.verdictHead}>
            <Text component="div" size="sm" truncate>
              {posted[0]?.campaign_name}
            </Text>
            <Text component="div" size="sm" fw={600} className="figure" style={{ whiteSpace: 'nowrap' }}>
              {formatMoney(sumOf(posted), posted[0]?.currency ?? 'EUR')}
            </Text>
          </div>
          {posted.length > 1 &&
            posted.map(({ id: entryId, kind, revenue, currency }) => (
              <Text key={entryId} size="xs" c="dimmed" className="figure">
                {kind} {formatMoney(revenue, currency)}
              </Text>
            ))}
        </li>
      ))}
    </ul>
  );
}

// Decimals of at most four places: summed as integers, so that no cent is lost on the way.
function sumOf(entries: CreditEntry[]): number {
  return entries.reduce((sum, { revenue }) => sum + Math.round(revenue * 10_000), 0) / 10_000;
}
