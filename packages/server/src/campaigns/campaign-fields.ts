import { z } from 'zod';
import { amountField, currencyField, textField, timestampField } from '../vocabulary/fields.ts';

export const platforms = [
  'facebook',
  'instagram',
  'google',
  'tiktok',
  'youtube',
  'x',
  'linkedin',
  'pinterest',
  'snapchat',
  'reddit',
  'email',
  'sms',
  'affiliate',
  'influencer',
  'offline',
  'multi',
  'other',
] as const;
export type Platform = (typeof platforms)[number];

export const campaignTypes = [
  'campaign',
  'ad',
  'post',
  'reel',
  'story',
  'video',
  'email',
  'placement',
  'other',
] as const;
export type CampaignType = (typeof campaignTypes)[number];

export const statuses = ['draft', 'running', 'paused', 'ended'] as const;

export const idField = z.uuid().toLowerCase();

export const reasonField = textField(1000)
  .nullish()
  .meta({ description: 'Why; needed for a change that reaches into the past.' });

export const dryRunField = z
  .boolean()
  .optional()
  .meta({ description: 'Answer what would move, and change nothing.' });

/** `?dry_run=true`, the same as in the body. */
export const dryRunQuery = z.object({
  dry_run: z.enum(['true', 'false']).optional(),
});

const text = (longest: number) => textField(longest).nullish();
const url = z
  .url({ protocol: /^https?$/, error: 'must be a web address such as https://example.com/page' })
  .max(2000)
  .nullish();
const json = z.record(z.string(), z.unknown()).nullish();

const described = {
  parent_campaign_id: idField.nullish(),
  description: text(10_000),
  objective: text(200),
  post_url: url,
  landing_url: url,
  ends_at: timestampField.nullish(),
  budget_type: z.enum(['daily', 'lifetime']).nullish(),
  budget_amount: amountField.nullish(),
  owner: text(200),
  call_to_action: text(200),
  socials: json,
  targeting: json.meta({ description: 'Audiences, regions, placements, locations' }),
  notes: text(10_000),
  metadata: json,
};

const named = {
  name: textField(255),
  platform: z.enum(platforms),
  campaign_type: z.enum(campaignTypes),
  tracking_code: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
      'must consist of Latin letters, digits, _ . and -, begin with a letter or digit, and have at most 100 of them',
    ),
  starts_at: timestampField,
  currency: currencyField,
};

/** What a campaign is created from. */
export const newCampaignFields = z.object({
  ...described,
  ...named,
  campaign_type: named.campaign_type.default('campaign'),
  tracking_code: named.tracking_code.nullish(),
  starts_at: named.starts_at.nullish(),
  currency: named.currency.optional(),
  activate: z.boolean().optional().meta({ description: 'Start it at once.' }),
  cost: amountField
    .nullish()
    .meta({ description: 'What it cost: a first spend entry, dated the day of starts_at.' }),
});
export type NewCampaign = z.output<typeof newCampaignFields>;

/** What may be changed of one: any of its fields, null to empty those that may be empty. */
export const campaignChangeFields = z.object({
  ...described,
  ...z.object(named).partial().shape,
  reason: reasonField,
  dry_run: dryRunField,
});
export type CampaignChange = z.output<typeof campaignChangeFields>;
