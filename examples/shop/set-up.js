import { askTouchstone } from './ask-touchstone.js';
import { goods } from './goods.js';

const campaigns = [
  {
    name: 'Summer reel',
    platform: 'instagram',
    campaign_type: 'reel',
    tracking_code: 'SHOP_SUMMER_REEL',
    page: '/dress',
  },
  {
    name: 'Autumn letter',
    platform: 'email',
    campaign_type: 'email',
    tracking_code: 'SHOP_AUTUMN_LETTER',
    page: '/scarf',
  },
];

/** What the shop needs in Touchstone, made once: its products, two campaigns with links, a site key. */
export async function setUp(shop) {
  for (const { external_id, name, cost } of goods) {
    await askTouchstone(shop, '/products', { external_id, name, cost });
  }
  const links = [];
  for (const campaign of campaigns) links.push(await linkOf(shop, campaign));
  return { siteKey: await siteKeyOf(shop), links };
}

async function linkOf(shop, { page, ...campaign }) {
  const found = await askTouchstone(shop, `/campaigns?search=${campaign.tracking_code}`);
  const landing_url = `${shop.address}${page}`;
  const { id } =
    found[0] ?? (await askTouchstone(shop, '/campaigns', { ...campaign, landing_url, activate: true }));
  const { short_url, tracking_url } = await askTouchstone(shop, `/campaigns/${id}/link`);
  return { name: campaign.name, short: short_url, tracked: tracking_url };
}

/** Public, hence shown whenever it is asked for. */
async function siteKeyOf(shop) {
  const held = (await askTouchstone(shop, '/site-keys')).find(
    ({ name, revoked_at }) => name === 'Example shop' && revoked_at === null,
  );
  return (held ?? (await askTouchstone(shop, '/site-keys', { name: 'Example shop' }))).key;
}
