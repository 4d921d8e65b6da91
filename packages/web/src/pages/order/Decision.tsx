import { Text } from '@mantine/core';
import type { Candidate, Share } from '../../api/types/order.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { withReadableTimes } from '../../format/time.ts';
import classes from './Explain.module.css';
import { Verdict } from './Verdict.tsx';

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
            <Verdict
              key={campaign_id}
              name={<CampaignName id={campaign_id} name={name} />}
              credited={credited}
              verdict={credited ? 'qualified' : 'did not qualify'}
              revenue={credit?.revenue}
              currency={currency}
            >
              <Text size="xs" c="dimmed">
                {withReadableTimes(reason, tz)}
              </Text>
            </Verdict>
          );
        })}
      </ul>
      {share !== undefined && <div className={classes.arithmetic}>{share.arithmetic}</div>}
    </>
  );
}
