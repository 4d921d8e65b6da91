import { z } from 'zod';
import {
  emailField,
  externalIdField,
  pageFields,
  textField,
  timestampField,
} from '../../../vocabulary/fields.ts';

const described = {
  external_id: externalIdField.nullish().meta({
    description: 'What the system that sends it calls it; sends, events and files may name it so.',
  }),
  content: textField(500_000).nullish().meta({ description: 'HTML or text, as it was sent.' }),
  sender_name: textField(255).nullish(),
  sent_at: timestampField.nullish().meta({ description: 'When the mailing went out.' }),
  recipients: z.int().min(0).max(1_000_000_000).nullish().meta({
    description: 'How many it was meant for; what was sent is counted from its sends.',
  }),
};

export const newEmailCampaignFields = z.object({
  subject: textField(500),
  sender_email: emailField,
  ...described,
});
export type NewEmailCampaign = z.output<typeof newEmailCampaignFields>;

export const emailCampaignChangeFields = newEmailCampaignFields.partial();
export type EmailCampaignChange = z.output<typeof emailCampaignChangeFields>;

export const emailCampaignFilterFields = z.object(pageFields);

/** How many sends came how far, each once; opens and clicks by people and by machines only. */
export const sendCounts = {
  sent: z.int(),
  delivered: z.int(),
  opened: z.int().meta({ description: 'By people' }),
  clicked: z.int().meta({ description: 'By people' }),
  machine_opened: z.int().meta({ description: 'By machines only, such as privacy proxies' }),
  machine_clicked: z.int().meta({ description: 'By machines only, such as security scanners' }),
  bounced: z.int(),
  failed: z.int(),
  complained: z.int(),
  unsubscribed: z.int(),
};

/** An email campaign as the API shows it. */
export const emailCampaignData = z.object({
  id: z.uuid(),
  campaign_id: z.uuid(),
  external_id: z.string().nullable(),
  subject: z.string(),
  content: z.string().nullable(),
  sender_email: z.string(),
  sender_name: z.string().nullable(),
  sent_at: z.iso.datetime().nullable(),
  recipients: z.int().nullable(),
  ...sendCounts,
  created_by: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type EmailCampaignData = z.output<typeof emailCampaignData>;
