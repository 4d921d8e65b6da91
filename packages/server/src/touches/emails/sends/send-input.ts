import { z } from 'zod';
import { emailField, textField, timestampField } from '../../../vocabulary/fields.ts';

const at = timestampField.nullish();

/** What became of a mail to one recipient, as far as it is told; the rest comes as events. */
export const sendInput = z.strictObject({
  recipient_email: emailField,
  recipient_name: textField(255).nullish(),
  retailer: textField(200).nullish().meta({
    description: 'The partner it went to: its id, its name or one of its aliases.',
  }),
  provider: textField(50).nullish().meta({ description: 'Who sends it, such as sendgrid.' }),
  message_id: textField(500).nullish().meta({
    description: 'What the provider calls the message; its webhooks find the send by it.',
  }),
  status: z.enum(['sent', 'delivered', 'bounced', 'failed']).nullish().meta({
    description: 'Where no time of it is told: it happened at sent_at.',
  }),
  sent_at: at,
  delivered_at: at,
  opened_at: at,
  clicked_at: at,
  bounced_at: at,
  failed_at: at,
  bounce_reason: textField(2000).nullish(),
  complained_at: at,
  unsubscribed_at: at,
});
export type SendInput = z.output<typeof sendInput>;

/** The same as a row of a file, which names its mailing. */
export const sendRowInput = sendInput.extend({
  email_campaign: textField(200).meta({
    description: 'The email campaign: its id, or its external_id.',
  }),
});
