import { Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Candidate, Share } from '../../api/types/order.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { formatMoney } from '../../format/money.ts';
import { withReadableTimes } from '../../format/time.ts';
import classes from './Explain.module.css';

type DecisionProps = { candidates: Candidate[]; share: Share | undefined; currency: string; tz: string };

/** Who qualified and with how much, who did not and why, and the division as one would write it down. */
export function Decision({ candidates, share, currency, tz }: DecisionProps) {
  const creditOf = new Map(share?.credits.map((credit) => [credit.campaign_id, credit]));
  return (
    <>
      <ul className={classes.list}>
        {candidates.map(({ campaign_id, name, credited, reason }) => {
          const credit = creditOf.get(campaign_id);
          return (
            <li key={campaign_id} className={classes.verdict} data-credited={credited}>
              <div className={classes.verdictHead}>
                <Text component="div" size="sm" truncate>
                  <CampaignName id={campaign_id} name={name} />
                </Text>
                <Text component="div" size="sm" className="figure" style={{ whiteSpace: 'nowrap' }}>
                  {credited ? (
                    <IconCheck size={14} color="var(--good)" aria-label="qualified" />
                  ) : (
                    <IconX size={14} aria-label="did not qualify" />
                  )}{' '}
                  {credit !== undefined && formatMoney(credit.revenue, currency)}
                </Text>
              </div>
              <Text size="xs" c="dimmed">
                {withReadableTimes(reason, tz)}
              </Text>
            </li>
          );
        })}
      </ul>
      {share !== undefined && <div className={classes.arithmetic}>{share.arithmetic}</div>}
    </>
  );
}
