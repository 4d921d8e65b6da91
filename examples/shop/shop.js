// A small shop with Touchstone: `node examples/shop/shop.js`. Node alone, nothing to install.
import { createServer } from 'node:http';
import { readPage } from './read-page.js';
import { setUp } from './set-up.js';
import { takeOrder } from './take-order.js';

const settings = {
  touchstone: process.env.TOUCHSTONE_URL ?? 'http://localhost:4000',
  key: process.env.TOUCHSTONE_KEY,
  port: Number(process.env.SHOP_PORT ?? 4010),
};
if (!settings.key) {
  console.error(
    'Give a key of Touchstone, which the demo prints: TOUCHSTONE_KEY=… node examples/shop/shop.js',
  );
  process.exit(1);
}

const shop = { ...settings, address: `http://localhost:${settings.port}` };
const { siteKey, links } = await setUp(shop).catch((error) => {
  console.error(`Touchstone at ${shop.touchstone} could not be set up: ${error.message}`);
  process.exit(1);
});

const server = createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url, shop.address);
    if (request.method === 'POST' && pathname === '/orders') {
      const answer = await takeOrder(shop, JSON.parse(await bodyOf(request)));
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    const page = readPage(pathname, { TOUCHSTONE_URL: shop.touchstone, SITE_KEY: siteKey });
    response.writeHead(page.status, { 'content-type': page.type }).end(page.content);
  } catch (error) {
    response
      .writeHead(500, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: error.message }));
  }
});
server.listen(shop.port, () => {
  console.log(`The shop is open: ${shop.address}`);
  for (const { name, short, tracked } of links)
    console.log(`${name}\n  in a post      ${short}\n  or with UTM    ${tracked}`);
});

/** The body of a request as text, at most 64 kB. */
async function bodyOf(request) {
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > 65_536) throw new Error('The order is too long.');
  }
  return text;
}
