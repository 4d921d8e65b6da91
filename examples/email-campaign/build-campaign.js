// Builds the sample campaign on a running server; see README.md beside this file.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';

const people = 600;

// name, region, what it bought
const retailers = [
  ['Betteridge NY', 'East', 7200],
  ['Tourneau Times Square', 'East', 1900],
  ['Manfredi Jewels', 'East', 1200],
  ['David Yurman Boston', 'East', 1600],
  ['Tiffany & Co Fifth Ave', 'East', 6800],
  ["Bachendorf's Dallas", 'Central', 2100],
  ['Mayors Jewelry', 'Central', 1400],
  ['Fields Jewelers', 'Central', 900],
  ['Jewelry Design Center', 'Central', 1100],
  ['Luxury Time Chicago', 'Central', 2300],
  ['Cartier Rodeo Drive', 'West', 8500],
  ['Westime LA', 'West', 2400],
  ['Cellini Beverly Hills', 'West', 1700],
  ['Shreve & Co', 'West', 1300],
  ['Ben Bridge Jeweler', 'West', 1100],
];

// Who read and never clicked: what they bought, no mail led to.
const readers = new Set(['Tiffany & Co Fifth Ave', 'Luxury Time Chicago', 'Westime LA', 'Fields Jewelers']);

const mailings = [
  ['✨ Introducing Marco Bicego New 2025 Collection', '2025-01-14T14:00:00Z'],
  ['🎯 Exclusive Retailer Pricing - Marco Bicego 2025', '2025-01-21T14:00:00Z'],
  ['💎 Marco Bicego: Marketing Materials Available', '2025-01-28T14:00:00Z'],
];
const mailingToEverybody = ['Marco Bicego: one more look', '2025-02-04T14:00:00Z'];

const categories = ['Necklaces', 'Bracelets', 'Earrings', 'Rings'];

/**
 * Builds the campaign, or what is missing of it.
 *
 * @param {{ server: string, key: string, mailAgain?: boolean, recipientsEach?: number }} options
 * @returns what the summary reports of it
 */
export async function buildCampaign({ server, key, mailAgain = false, recipientsEach = people }) {
  const api = client(server, key);
  const campaign = await ensureCampaign(api);
  await ensureRetailers(api);
  for (const [subject, sentAt] of mailAgain ? [...mailings, mailingToEverybody] : mailings) {
    await mail(api, campaign, { subject, sentAt, recipientsEach });
  }
  await sell(api, campaign);
  return await api('GET', `/campaigns/${campaign}/email-performance?currency=USD`);
}

async function ensureCampaign(api) {
  const tracking_code = 'MARCO-BICEGO-2025';
  const [found] = await api('GET', `/campaigns?search=${tracking_code}`);
  const { id } =
    found ??
    (await api('POST', '/campaigns', {
      name: 'Marco Bicego New 2025 Campaign',
      platform: 'email',
      campaign_type: 'email',
      tracking_code,
      currency: 'USD',
      budget_type: 'lifetime',
      budget_amount: 75_000,
      starts_at: '2025-01-14T00:00:00Z',
      ends_at: '2025-02-14T00:00:00Z',
      activate: true,
    }));
  // Told by a source, so that telling it again changes nothing.
  await api('POST', `/campaigns/${id}/spend`, { day: '2025-01-14', amount: 33_500, source: 'agency' });
  return id;
}

async function ensureRetailers(api) {
  const known = await api('GET', '/partners?kind=retailer&limit=500');
  const names = new Set(known.map(({ name }) => name));
  for (const [name, region] of retailers) {
    if (!names.has(name)) await api('POST', '/partners', { kind: 'retailer', name, region });
  }
}

async function mail(api, campaign, { subject, sentAt, recipientsEach }) {
  const external_id = `marco-2025-${sentAt.slice(0, 10)}`;
  const known = await api('GET', `/campaigns/${campaign}/email-campaigns`);
  const recipients = retailers.length * recipientsEach;
  const { id } =
    known.find((each) => each.external_id === external_id) ??
    (await api('POST', `/campaigns/${campaign}/email-campaigns`, {
      subject,
      external_id,
      sender_email: 'news@marcobicego.example',
      sender_name: 'Marco Bicego',
      sent_at: sentAt,
      recipients,
    }));
  const sends = retailers.flatMap((_, place) =>
    Array.from({ length: recipientsEach }, (__, person) => sendTo(place, person, sentAt)),
  );
  for (let start = 0; start < sends.length; start += 5_000) {
    await api('POST', `/email-campaigns/${id}/sends/batch`, { items: sends.slice(start, start + 5_000) });
  }
}

/** One mail: 98 % arrive, 43 % of these are opened, 3.2 % clicked; who does what is always the same. */
function sendTo(place, person, sentAt) {
  const dice = (n) => fraction(place, person, Date.parse(sentAt) / 3_600_000, n);
  const after = (minutes) => new Date(Date.parse(sentAt) + minutes * 60_000).toISOString();
  const slug = retailers[place][0].toLowerCase().replace(/[^a-z]+/g, '-');
  const send = {
    recipient_email: `person${person}@${slug}.example`,
    retailer: retailers[place][0],
    sent_at: sentAt,
  };
  if (dice(1) >= 0.98) return { ...send, bounced_at: after(1), bounce_reason: 'mailbox unavailable' };
  const opened = dice(2) < 0.43;
  const clicked = opened && !readers.has(retailers[place][0]) && dice(3) < 0.0436 / 0.43;
  return {
    ...send,
    delivered_at: after(1),
    ...(opened ? { opened_at: after(20 + Math.floor(dice(4) * 2000)) } : {}),
    ...(clicked ? { clicked_at: after(25 + Math.floor(dice(4) * 2000)) } : {}),
  };
}

/** A number from 0 to 1 that looks as good as thrown, and is the same for the same words. */
function fraction(...words) {
  const hash = createHash('sha256').update(words.join(' ')).digest();
  return hash.readUInt32BE() / 2 ** 32;
}

/** What each retailer bought: most of it told by the CRM, the rest an order of the shop; and leads, which are no revenue. */
async function sell(api, campaign) {
  const items = retailers.flatMap(([retailer, , amount], place) => {
    const told = {
      source: 'crm',
      campaign,
      retailer,
      currency: 'USD',
      product_category: categories[place % 4],
    };
    const converted_at = `2025-02-${String(1 + (place % 9)).padStart(2, '0')}T16:00:00Z`;
    return [
      {
        ...told,
        external_id: `marco-sale-${place}`,
        kind: 'sale',
        value: Math.round(amount * 70) / 100,
        converted_at,
      },
      { ...told, external_id: `marco-lead-${place}`, kind: 'lead', value: 500 + 100 * place, converted_at },
    ];
  });
  await api('POST', '/conversions/batch', { items });
  const orders = retailers.map(([retailer, , amount], place) => ({
    source: 'wholesale',
    external_id: `marco-order-${place}`,
    currency: 'USD',
    ordered_at: `2025-02-${String(1 + (place % 9)).padStart(2, '0')}T18:00:00Z`,
    status: 'completed',
    retailer,
    reported_campaign: 'MARCO-BICEGO-2025',
    total: Math.round(amount * 30) / 100,
    product_count: 1 + (place % 3),
  }));
  await api('POST', '/orders/batch', { items: orders });
}

function client(server, key) {
  return async (method, path, body) => {
    const reply = await fetch(`${server}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await reply.json();
    if (!answer.success) throw new Error(`${method} ${path}: ${answer.error.message}`);
    const rejected = answer.meta?.rejected ?? 0;
    if (rejected > 0) throw new Error(`${method} ${path}: ${rejected} rows were rejected`);
    return answer.data;
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      server: { type: 'string', default: 'http://localhost:4000' },
      key: { type: 'string' },
      'mail-again': { type: 'boolean', default: false },
    },
  });
  if (values.key === undefined) throw new Error('Give an API key: --key KEY');
  const { server, key } = values;
  const result = await buildCampaign({ server, key, mailAgain: values['mail-again'] });
  const amount = (number) => number.toLocaleString('en-US');
  console.log(
    `${result.name}: ${amount(result.budget_allocated)} allocated, ${amount(result.spend)} spent, ${amount(result.revenue)} revenue`,
  );
  console.log(`ROI ${result.roi.toFixed(1)} %, ROAS ${result.roas.toFixed(2)}, ${result.tier}`);
  console.log(
    `${amount(result.sent)} mails to ${result.retailers} retailers: ${result.delivery_rate} % delivered, ${result.open_rate} % opened, ${result.click_rate} % clicked`,
  );
}
