import { z } from 'zod';
import { emailField, textField, timestampField } from '../../../vocabulary/fields.ts';
import { eventKinds } from '../sends/fold-send.ts';

/** Something that became of a mail. It names its send by mailing and recipient, or by the provider's message id. */
export const eventInput = z.strictObject({
  kind: z.enum(eventKinds),
  occurred_at: timestampField,
  recipient_email: emailField,
  email_campaign: textField(200).nullish().meta({
    description: 'The email campaign: its id, or its external_id.',
  }),
  message_id: textField(500).nullish().meta({ description: 'What the provider calls the message.' }),
  provider: textField(50).default('api').meta({ description: 'Who says so.' }),
  event_id: textField(500).nullish().meta({
    description:
      'What the provider calls the event, by which it is kept once; made of its content when absent.',
  }),
  url: textField(4000).nullish().meta({ description: 'The link that was clicked.' }),
  user_agent: textField(2000).nullish(),
  machine: z.boolean().nullish().meta({ description: 'The provider says that a machine did it.' }),
  reason: textField(2000).nullish().meta({ description: 'Why it bounced or failed.' }),
});
export type EventInput = z.output<typeof eventInput>;
