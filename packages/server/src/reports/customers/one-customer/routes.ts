import { z } from 'zod';
import { formatMoney } from '../../../vocabulary/money.ts';
import { formatQuantity } from '../../../vocabulary/quantity.ts';
import { type Route, route } from '../../../vocabulary/route.ts';
import { toZonedIso } from '../../../vocabulary/time-zone.ts';
import { csvOfRows } from '../../show/csv-of-rows.ts';
import { type Acquisition, readAcquisition } from './read-acquisition.ts';
import { type CampaignContact, readCampaignHistory } from './read-campaign-history.ts';
import type { CustomerQuestion } from './resolve-customer.ts';

const params = z.object({ id: z.uuid() });
const query = z.object({
  model: z.string().max(100).optional().meta({
    description: 'Attribution model; last_touch where it is kept, else product_split, when absent.',
  }),
});

const instant = z.iso.datetime({ offset: true });
const amounts = { revenue: z.number(), currency: z.string() };
const orderData = z.object({
  order_id: z.uuid(),
  external_id: z.string(),
  order_number: z.string().nullable(),
  sale_time: instant,
  ...amounts,
});

const acquisitionData = z.object({
  customer_id: z.uuid(),
  customer_ids: z.array(z.uuid()).meta({ description: 'All customers with the same address: one person' }),
  model: z.string(),
  first_order: orderData.nullable(),
  acquisition: z
    .object({
      campaign_id: z.uuid().meta({ description: 'The campaign that holds most of the order' }),
      name: z.string(),
      platform: z.string(),
      acquired_at: instant,
      order: orderData,
      credits: z.array(
        z.object({ campaign_id: z.uuid(), name: z.string(), platform: z.string(), ...amounts }),
      ),
    })
    .nullable()
    .meta({ description: 'By the first order that a campaign holds credit of; null when there is none' }),
  to_date: z.array(z.object({ orders: z.int(), ...amounts })),
});

const contactRow = z.object({
  campaign_id: z.uuid(),
  name: z.string(),
  platform: z.string(),
  first_at: instant.meta({ description: 'The first touch or credited sale' }),
  last_at: instant,
  visits: z.int(),
  email_clicks: z
    .int()
    .meta({ description: 'Clicks in mails to them or, before an order of theirs, to its retailer' }),
  email_opens: z.int().meta({ description: 'Mails that were looked at and not clicked' }),
  orders: z.int().meta({ description: 'Orders that it holds credit of' }),
  units: z.number(),
  revenue: z.number().meta({ description: 'Credited net revenue' }),
  currency: z.string().nullable(),
  is_acquisition: z.boolean(),
});
const columns = Object.keys(contactRow.shape);

export const customerRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/customers/:id/acquisition',
    permission: 'customers:read',
    tag: 'Customers',
    summary: 'Show which campaign a customer came by, and what they bought since',
    params,
    query,
    data: acquisitionData,
    async handle({ params: { id }, query: { model } }, { db, settings }) {
      const acquisition = await readAcquisition(db, id, model);
      return {
        data: showAcquisition(acquisition, settings.timeZone),
        meta: metaOf(acquisition.question, settings.timeZone),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/customers/:id/campaign-history',
    permission: 'customers:read',
    tag: 'Customers',
    summary: 'List the campaigns a customer had to do with, the first contact first',
    csv: true,
    params,
    query,
    data: z.array(contactRow),
    async handle({ params: { id }, query: { model } }, { db, settings }) {
      const { question, contacts } = await readCampaignHistory(db, id, model);
      const data = contacts.map((contact) => showContact(contact, settings));
      return {
        data,
        meta: metaOf(question, settings.timeZone),
        csv: csvOfRows(`campaign-history-${id}`, data, { columns, currency: settings.currency }),
      };
    },
  }),
];

function metaOf({ model: { name, version } }: CustomerQuestion, tz: string) {
  return { model: name, model_version: version, tz };
}

function showAcquisition({ question, first_order, acquiring, to_date }: Acquisition, zone: string) {
  const { customer_id, customer_ids, model } = question;
  return {
    customer_id,
    customer_ids,
    model: model.name,
    first_order: first_order === undefined ? null : showOrder(first_order, zone),
    acquisition:
      acquiring === undefined
        ? null
        : {
            campaign_id: acquiring.order.campaign_id,
            name: acquiring.order.name,
            platform: acquiring.order.platform,
            acquired_at: toZonedIso(acquiring.order.sale_time, zone),
            order: showOrder(acquiring.order, zone),
            credits: acquiring.credits.map(({ revenue_minor, ...campaign }) => ({
              ...campaign,
              ...amount(revenue_minor, acquiring.order.currency),
            })),
          },
    to_date: to_date.map(({ orders, revenue_minor, currency }) => ({
      orders,
      ...amount(revenue_minor, currency),
    })),
  };
}

function showOrder(order: NonNullable<Acquisition['first_order']>, zone: string) {
  const { order_id, external_id, order_number, sale_time, revenue_minor, currency } = order;
  return {
    order_id,
    external_id,
    order_number,
    sale_time: toZonedIso(sale_time, zone),
    ...amount(revenue_minor, currency),
  };
}

function showContact(
  { first_at, last_at, units_e4, revenue_minor, is_acquiring, currency, ...contact }: CampaignContact,
  settings: { timeZone: string; currency: string },
) {
  return {
    ...contact,
    first_at: toZonedIso(first_at, settings.timeZone),
    last_at: toZonedIso(last_at, settings.timeZone),
    units: formatQuantity(units_e4),
    revenue: formatMoney(revenue_minor, currency ?? settings.currency),
    currency,
    is_acquisition: is_acquiring,
  };
}

function amount(minor: bigint, currency: string) {
  return { revenue: formatMoney(minor, currency), currency };
}
