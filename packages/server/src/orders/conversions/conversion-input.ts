import { z } from 'zod';
import {
  amountField,
  currencyField,
  externalIdField,
  sourceField,
  textField,
  timestampField,
} from '../../vocabulary/fields.ts';
import { orderCustomer } from '../order-input.ts';

export const conversionKinds = ['sale', 'lead', 'signup', 'demo_request'] as const;

/** What a CRM says was won: always the whole of it, so that what is left out is not there. */
export const conversionInput = z.strictObject({
  source: sourceField.meta({ description: 'The CRM that says so, such as hubspot:12345.' }),
  external_id: externalIdField.meta({ description: 'Its id there, by which it is recorded once.' }),
  kind: z.enum(conversionKinds),
  value: amountField.nullish().meta({
    description: 'Required of a sale. The value of anything else is not revenue, and reported apart.',
  }),
  currency: currencyField.optional().meta({ description: "The installation's by default." }),
  converted_at: timestampField,
  updated_at: timestampField.nullish().meta({
    description: "The source's version: one older than the version held is ignored.",
  }),
  withdrawn: z
    .boolean()
    .default(false)
    .meta({ description: 'The source took it back; it counts for nothing.' }),
  product_category: textField(200).nullish(),
  campaign: textField(500).nullish().meta({
    description: 'The campaign the source claims: its id, tracking code, metadata.external_id or name.',
  }),
  retailer: textField(200).nullish().meta({
    description: 'The partner: its id, its name or one of its aliases. Others are shown by this name.',
  }),
  send_id: z.uuid().nullish().meta({
    description:
      'The send of a mailing that led to it. Its campaign and retailer are taken where no others are named.',
  }),
  customer: orderCustomer.nullish(),
  order: z.strictObject({ source: sourceField, external_id: externalIdField }).nullish().meta({
    description: 'Of a sale: the order it is. A sale that names none becomes an order without lines.',
  }),
});
export type ConversionInput = z.output<typeof conversionInput>;
