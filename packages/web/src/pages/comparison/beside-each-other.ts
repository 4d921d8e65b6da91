import type { Answer } from '../../api/ask.ts';
import type { LeaderboardMeta, LeaderboardRow } from '../../api/types/report.ts';
import type { FigureName } from '../../format/figures.ts';

/** A campaign's figure under each model, in the order of the models; null where it has none. */
export type ComparedCampaign = {
  campaign_id: string;
  name: string;
  platform: string;
  values: (number | null)[];
};

export function besideEachOther(
  answers: Answer<LeaderboardRow[], LeaderboardMeta>[],
  figure: FigureName,
): ComparedCampaign[] {
  const campaigns = new Map<string, ComparedCampaign>();
  answers.forEach(({ data }, place) => {
    for (const { campaign_id, name, platform, ...row } of data) {
      const campaign = campaigns.get(campaign_id) ?? {
        campaign_id,
        name,
        platform,
        values: answers.map(() => null),
      };
      campaign.values[place] = row[figure];
      campaigns.set(campaign_id, campaign);
    }
  });
  return [...campaigns.values()];
}

/** What a value is beyond the one it is compared with, in percent of that; null where there is nothing to divide by. */
export function differencePercent(value: number | null, base: number | null): number | null {
  return value === null || base === null || base === 0 ? null : ((value - base) / Math.abs(base)) * 100;
}
