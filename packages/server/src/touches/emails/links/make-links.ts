import { z } from 'zod';
import { emailHash } from '../../../vocabulary/email-hash.ts';
import { emailField } from '../../../vocabulary/fields.ts';
import type { RouteContext } from '../../../vocabulary/route.ts';
import { readEmailCampaign } from '../mailings/read-email-campaigns.ts';
import { readMailSecret, sealToken } from './mail-token.ts';

const target = z
  .string()
  .max(2000)
  .refine(
    (text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol),
    'must be an address that begins with http:// or https://',
  );

export const linksBody = z.object({
  recipients: z
    .array(z.strictObject({ recipient_email: emailField, urls: z.array(target).max(50).default([]) }))
    .min(1)
    .max(1000),
});

export const linksData = z.array(
  z.object({
    recipient_email: z.string(),
    open_pixel: z.string().meta({ description: 'The address of a picture of one invisible pixel' }),
    unsubscribe: z.string().meta({ description: 'A page with a button; takes List-Unsubscribe-Post too' }),
    links: z.array(z.object({ url: z.string(), click: z.string() })),
  }),
);

/**
 * Makes the links of a mail that is sent by other means: a pixel that tells of opens, addresses that tell of clicks and
 * lead on, and one to unsubscribe by. It records nothing.
 *
 * @throws not_found
 */
export async function makeLinks(
  context: Pick<RouteContext, 'db' | 'actor' | 'settings' | 'client'>,
  email_campaign_id: string,
  { recipients }: z.output<typeof linksBody>,
): Promise<z.output<typeof linksData>> {
  await readEmailCampaign(context, email_campaign_id);
  const secret = await readMailSecret(context.db);
  const base = context.settings.publicUrl ?? context.client?.here ?? 'http://localhost';
  return recipients.map(({ recipient_email, urls }) => {
    const whose = { email_campaign_id, recipient_hash: emailHash(recipient_email) };
    return {
      recipient_email,
      open_pixel: `${base}/e/o/${sealToken(secret, { purpose: 'open', ...whose })}.gif`,
      unsubscribe: `${base}/e/u/${sealToken(secret, { purpose: 'unsubscribe', ...whose })}`,
      links: urls.map((url) => ({
        url,
        click: `${base}/e/c/${sealToken(secret, { purpose: 'click', ...whose, url })}`,
      })),
    };
  });
}
