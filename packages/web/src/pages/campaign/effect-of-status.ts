import type { Campaign, CampaignStatus } from '../../api/types/campaign.ts';

/** A step of status in words: what it is called, and what it does to credit. */
export function effectOf(
  { name, status: current, starts_at }: Campaign,
  status: CampaignStatus,
): { title: string; action: string; effect: string } {
  switch (status) {
    case 'running':
      return current === 'draft'
        ? {
            title: `Start ${name}?`,
            action: 'Start',
            effect:
              Date.parse(starts_at) > Date.now()
                ? 'It runs from its start on. Sales of its products credit it from then.'
                : 'It runs from its start on, so sales of its products since then credit it too.',
          }
        : {
            title: `Resume ${name}?`,
            action: 'Resume',
            effect:
              'Sales of its products from now on credit this campaign again. Those of the pause do not.',
          };
    case 'paused':
      return {
        title: `Pause ${name}?`,
        action: 'Pause',
        effect: 'Sales from now on no longer credit this campaign, until it is resumed. What it has stays.',
      };
    default:
      return {
        title: `End ${name}?`,
        action: 'End for good',
        effect:
          'Sales from now on no longer credit this campaign, and it cannot be started again. What it has stays.',
      };
  }
}
