import { hubspot } from '../hubspot/hubspot.ts';
import { mailgun } from '../mailgun/mailgun.ts';
import { postmark } from '../postmark/postmark.ts';
import { resend } from '../resend/resend.ts';
import { sendgrid } from '../sendgrid/sendgrid.ts';
import { ses } from '../ses/ses.ts';
import type { Provider } from './webhook.ts';

/** Whose webhooks we take; each has an address of its name. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  [sendgrid, mailgun, postmark, ses, resend, hubspot].map((provider) => [provider.name, provider]),
);
