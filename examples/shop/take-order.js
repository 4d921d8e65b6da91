import { createHash, randomUUID } from 'node:crypto';
import { askTouchstone } from './ask-touchstone.js';
import { goods } from './goods.js';

/**
 * Takes an order: in a real shop it would be paid and kept; here it is told to Touchstone at once. The session comes
 * from the page (`touchstone.session()`) and joins the order to what its visitor clicked before.
 */
export async function takeOrder(shop, { product, quantity, email, heard_by, session_id }) {
  const sold = goods.find(({ external_id }) => external_id === product);
  if (sold === undefined) throw new Error(`The shop sells no ${product}.`);
  const number = randomUUID().slice(0, 8).toUpperCase();
  const order = await askTouchstone(shop, '/orders', {
    external_id: number,
    order_number: number,
    currency: 'EUR',
    ordered_at: new Date().toISOString(),
    status: 'confirmed',
    session_id,
    // What the buyer says, kept beside what the clicks say.
    reported_campaign: heard_by || undefined,
    customer: { external_id: customerIdOf(email), email },
    lines: [{ product: { external_id: product }, quantity: Number(quantity), unit_price: sold.price }],
    shipping: 4.9,
  });
  return { number, order_id: order.id, customer_id: customerIdOf(email) };
}

/** The shop's own id of a customer; a real shop has a row of its database for it. */
function customerIdOf(email) {
  return `c-${createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 12)}`;
}
