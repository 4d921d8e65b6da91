import type { Campaign, CampaignInput } from '../../api/types/campaign.ts';

/** The fields of the form as text; empty is "not given". Moments are instants. */
export type FormValues = {
  name: string;
  platform: string;
  campaign_type: string;
  parent_campaign_id: string;
  objective: string;
  description: string;
  landing_url: string;
  tracking_code: string;
  starts_at: string;
  ends_at: string;
  budget_type: string;
  budget_amount: string;
  currency: string;
  owner: string;
  call_to_action: string;
  notes: string;
};

export function emptyValues(currency: string, parent: string): FormValues {
  return {
    name: '',
    platform: '',
    campaign_type: 'campaign',
    parent_campaign_id: parent,
    objective: '',
    description: '',
    landing_url: '',
    tracking_code: '',
    starts_at: '',
    ends_at: '',
    budget_type: '',
    budget_amount: '',
    currency,
    owner: '',
    call_to_action: '',
    notes: '',
  };
}

export function valuesOf(campaign: Campaign): FormValues {
  return {
    name: campaign.name,
    platform: campaign.platform,
    campaign_type: campaign.campaign_type,
    parent_campaign_id: campaign.parent_campaign_id ?? '',
    objective: campaign.objective ?? '',
    description: campaign.description ?? '',
    landing_url: campaign.landing_url ?? '',
    tracking_code: campaign.tracking_code,
    starts_at: campaign.starts_at,
    ends_at: campaign.ends_at ?? '',
    budget_type: campaign.budget_type ?? '',
    budget_amount: campaign.budget_amount === null ? '' : String(campaign.budget_amount),
    currency: campaign.currency,
    owner: campaign.owner ?? '',
    call_to_action: campaign.call_to_action ?? '',
    notes: campaign.notes ?? '',
  };
}

const mandatory = ['name', 'platform', 'campaign_type', 'currency'];

/** What is to be sent: the fields that differ from what was there; an emptied one is null. */
export function changesOf(values: FormValues, before: FormValues): CampaignInput {
  const names = Object.keys(values) as (keyof FormValues)[];
  const changed = names.filter((name) => values[name] !== before[name]);
  return Object.fromEntries(
    changed.map((name) => {
      const value = values[name].trim();
      if (value === '' && !mandatory.includes(name)) return [name, null];
      return [name, name === 'budget_amount' ? value.replace(',', '.') : value];
    }),
  );
}

/** What can be seen to be wrong before it is sent; the server has the last word. */
export function faultsOf(values: FormValues): Partial<Record<keyof FormValues, string>> {
  const { name, platform, landing_url, starts_at, ends_at, budget_type, budget_amount, tracking_code } =
    values;
  return {
    ...(name.trim() === '' && { name: 'Give it a name' }),
    ...(platform === '' && { platform: 'Choose where it runs' }),
    ...(landing_url !== '' &&
      !/^https?:\/\/\S+\.\S+/.test(landing_url.trim()) && {
        landing_url: 'A web address such as https://example.com/page',
      }),
    ...(tracking_code !== '' &&
      !/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(tracking_code.trim()) && {
        tracking_code: 'Latin letters, digits, _ . and -, beginning with a letter or digit',
      }),
    ...(starts_at !== '' &&
      ends_at !== '' &&
      Date.parse(ends_at) <= Date.parse(starts_at) && { ends_at: 'It must end after it starts' }),
    ...(budget_amount !== '' &&
      !/^\d+([.,]\d+)?$/.test(budget_amount.trim()) && { budget_amount: 'An amount such as 500.00' }),
    ...(budget_amount !== '' && budget_type === '' && { budget_type: 'A day, or in all?' }),
    ...(budget_type !== '' && budget_amount === '' && { budget_amount: 'How much?' }),
  };
}
