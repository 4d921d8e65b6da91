import { Anchor } from '@mantine/core';
import type { Campaign } from '../../api/types/campaign.ts';
import { Facts } from '../../elements/Facts.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/time.ts';
import { pacingText } from './pacing-text.ts';

/** What was entered about the campaign. */
export function CampaignFacts({ campaign, tz }: { campaign: Campaign; tz: string }) {
  const { budget_amount, budget_type, currency } = campaign;
  return (
    <Panel title="Details">
      <Facts
        facts={[
          ['Objective', campaign.objective],
          ['Type', campaign.campaign_type],
          [
            'Budget',
            budget_amount === null
              ? null
              : `${formatMoney(budget_amount, currency)} ${budget_type === 'daily' ? 'a day' : 'in all'}`,
          ],
          ['Spent to date', formatMoney(campaign.spend_to_date, currency)],
          ['Pacing', pacingText(campaign, new Date())],
          ['Landing page', outsideLink(campaign.landing_url)],
          ['Post', outsideLink(campaign.post_url)],
          ['Call to action', campaign.call_to_action],
          ['Description', campaign.description],
          ['Notes', campaign.notes],
          ['Created', `${formatInstant(campaign.created_at, tz)} by ${campaign.created_by}`],
        ]}
      />
    </Panel>
  );
}

function outsideLink(url: string | null) {
  return url === null ? null : (
    <Anchor href={url} target="_blank" rel="noreferrer" inherit>
      {url}
    </Anchor>
  );
}
