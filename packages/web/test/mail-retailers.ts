import type { Dashboard } from './start-dashboard.ts';

/** Two mailings to the same twelve people of two retailers; some open, some click, one mail comes back. */
export async function mailRetailers(
  send: Dashboard['send'],
  campaignId: string,
  at: (daysAgo: number) => string,
): Promise<void> {
  for (const [name, region] of [
    ['Corner Shop', 'East'],
    ['Market Hall', 'West'],
  ]) {
    await send('/partners', { method: 'POST', body: { kind: 'retailer', name, region } });
  }
  for (const [place, subject] of ['The new collection', 'Last chance for the new collection'].entries()) {
    const daysAgo = 12 - place * 5;
    const mailing = await send(`/campaigns/${campaignId}/email-campaigns`, {
      method: 'POST',
      body: { subject, sender_email: 'brand@example.com', sent_at: at(daysAgo) },
    });
    const items = Array.from({ length: 12 }, (_, n) => ({
      recipient_email: `person${n}@example.com`,
      retailer: n % 3 === 0 ? 'Market Hall' : 'Corner Shop',
      sent_at: at(daysAgo),
      ...(n === 11 ? { bounced_at: at(daysAgo - 0.01), bounce_reason: 'No such mailbox' } : {}),
      ...(n < 11 ? { delivered_at: at(daysAgo - 0.01) } : {}),
      ...(n < 6 - place ? { opened_at: at(daysAgo - 0.2) } : {}),
      ...(n < 2 ? { clicked_at: at(daysAgo - 0.3) } : {}),
    }));
    await send(`/email-campaigns/${mailing.id}/sends/batch`, { method: 'POST', body: { items } });
  }
}
