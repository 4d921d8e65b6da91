import { Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatMoney } from '../../format/money.ts';
import classes from './Explain.module.css';

type VerdictProps = {
  /** Who is judged. */
  name: ReactNode;
  credited: boolean;
  /** The verdict in words, for those who do not see the sign. */
  verdict: string;
  revenue: number | undefined;
  currency: string;
  /** Why, and what else there is to say. */
  children: ReactNode;
};

/** Whether somebody is credited, with how much and why. */
export function Verdict({ name, credited, verdict, revenue, currency, children }: VerdictProps) {
  return (
    <li className={classes.verdict} data-credited={credited}>
      <div className={classes.verdictHead}>
        <Text component="div" size="sm" truncate>
          {name}
        </Text>
        <Text component="div" size="sm" className="figure" style={{ whiteSpace: 'nowrap' }}>
          {credited ? (
            <IconCheck size={14} color="var(--good)" aria-label={verdict} />
          ) : (
            <IconX size={14} aria-label={verdict} />
          )}{' '}
          {revenue !== undefined && formatMoney(revenue, currency)}
        </Text>
      </div>
      {children}
    </li>
  );
}
