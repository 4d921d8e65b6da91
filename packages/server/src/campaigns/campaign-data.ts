import { z } from 'zod';

const instant = z.iso.datetime();
const json = z.record(z.string(), z.unknown()).nullable();
const period = z.object({ from: instant, to: instant.nullable() });

/** A campaign in a list, as the API document shows it. */
export const listedCampaignData = z.object({
  id: z.uuid(),
  parent_campaign_id: z.uuid().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  objective: z.string().nullable(),
  platform: z.string(),
  campaign_type: z.string(),
  post_url: z.string().nullable(),
  landing_url: z.string().nullable(),
  tracking_code: z.string(),
  starts_at: instant,
  ends_at: instant.nullable(),
  budget_type: z.string().nullable(),
  budget_amount: z.number().nullable(),
  currency: z.string(),
  owner: z.string().nullable(),
  call_to_action: z.string().nullable(),
  socials: json,
  targeting: json,
  notes: z.string().nullable(),
  metadata: json,
  status: z
    .string()
    .meta({ description: 'draft, running, paused or ended; ended too once ends_at has passed' }),
  ended_at: instant.nullable(),
  archived_at: instant.nullable(),
  created_by: z.string(),
  updated_by: z.string(),
  created_at: instant,
  updated_at: instant,
  tracking_url: z
    .string()
    .nullable()
    .meta({ description: 'landing_url with UTM parameters; null without a landing page' }),
  children_count: z.number(),
  spend_to_date: z.number().meta({ description: "Spend in the campaign's currency up to today" }),
  pacing: z
    .object({
      expected_to_date: z.number().meta({ description: 'What the budget allows by now' }),
      percent: z.number().nullable().meta({ description: '100 is on plan' }),
    })
    .nullable(),
  spend_in_other_currencies: z.array(z.object({ currency: z.string(), amount: z.number() })),
});

export const campaignData = listedCampaignData.extend({ running_periods: z.array(period) });

/** What a dry run answers. */
export const previewData = z.object({
  dry_run: z.literal(true),
  would: z.object({
    orders: z.number(),
    moved: z.array(
      z.object({
        model: z.string(),
        currency: z.string(),
        revenue: z.number(),
        campaigns: z.array(z.object({ campaign_id: z.uuid(), before: z.number(), after: z.number() })),
      }),
    ),
  }),
});

export const targetData = z.object({
  id: z.uuid(),
  campaign_id: z.uuid(),
  product_id: z.uuid(),
  external_id: z.string(),
  sku: z.string().nullable(),
  name: z.string().nullable(),
  effective_from: instant,
  effective_to: instant.nullable(),
  active: z.boolean().meta({ description: 'In force or still to come' }),
});

export const addedTargetsData = z.object({
  added: z.array(targetData),
  skipped: z.array(
    z.object({ product_id: z.uuid(), external_id: z.string(), target_id: z.uuid(), reason: z.string() }),
  ),
});

export const removedTargetData = targetData.extend({
  outcome: z.enum(['closed', 'withdrawn', 'unchanged']),
});

export const spendData = z.object({
  id: z.uuid(),
  campaign_id: z.uuid(),
  day: z.iso.date(),
  currency: z.string(),
  amount: z.number(),
  source: z.string(),
  kind: z.enum(['entry', 'correction']),
  note: z.string().nullable(),
  created_by: z.string(),
  created_at: instant,
});

export const historyData = z.array(
  z.object({
    id: z.uuid(),
    at: instant,
    actor: z.string(),
    action: z.string(),
    subject_kind: z.string(),
    subject_id: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string().nullable(),
    summary: z.string(),
  }),
);
