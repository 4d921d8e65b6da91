import { testSettings } from '../../server/test/server.ts';
import type { Dashboard } from './start-dashboard.ts';

type Build = (options: { server: string; key: string; recipientsEach: number }) => Promise<unknown>;

/**
 * The sample campaign of `examples/email-campaign`, with twenty people in each of its retailers, and one open by
 * Apple's privacy proxy of a mail that nobody opened.
 */
export async function buildEmailCampaign({ address, send }: Dashboard) {
  const { buildCampaign } = (await import(
    new URL('../../../examples/email-campaign/build-campaign.js', import.meta.url).href
  )) as { buildCampaign: Build };
  await buildCampaign({ server: address, key: testSettings.adminKey!, recipientsEach: 20 });
  const [campaign] = await send('/campaigns?search=MARCO-BICEGO-2025');
  const [mailing] = await send(`/campaigns/${campaign.id}/email-campaigns`);
  const [unread] = await send(`/email-campaigns/${mailing.id}/sends?status=delivered&limit=1`);
  await send('/email-events/batch', {
    method: 'POST',
    body: {
      items: [
        {
          kind: 'opened',
          occurred_at: '2025-01-14T14:02:03Z',
          recipient_email: unread.recipient_email,
          email_campaign: mailing.id,
          user_agent: 'Mozilla/5.0',
        },
      ],
    },
  });
  return { campaign, mailing, unread };
}
