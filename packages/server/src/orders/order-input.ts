import { z } from 'zod';
import { emailHash } from '../vocabulary/email-hash.ts';
import {
  amountField,
  currencyField,
  emailField,
  externalIdField,
  sourceField,
  textField,
  timestampField,
} from '../vocabulary/fields.ts';

/** Where an order stands. Any may follow any: they are what the shop says. */
export const orderStatuses = [
  'pending',
  'confirmed',
  'processing',
  'delivered',
  'completed',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

const email = emailField.meta({
  description: 'Kept as written, and as a hash of its lower case, by which customers are recognised.',
});

const customerFields = {
  external_id: externalIdField,
  email: email.nullish(),
  email_hash: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as 64 hexadecimal digits')
    .nullish()
    .meta({ description: 'In place of the address: SHA-256 of it in lower case, as 64 hexadecimal digits.' }),
  name: textField(300).nullish(),
};

/** A customer as part of an order, of the order's source. A field left out stays as it is. */
export const orderCustomer = z.strictObject(customerFields).superRefine(refuseOtherHash);

/** A customer as sent by itself. */
export const customerInput = z
  .strictObject({ ...customerFields, source: sourceField })
  .superRefine(refuseOtherHash);
export type CustomerInput = z.output<typeof customerInput>;

const labels = (description: string) =>
  z.record(textField(100), textField(2000)).nullish().meta({ description });

export const lineInput = z.strictObject({
  external_id: externalIdField.nullish(),
  product: z.strictObject({ external_id: externalIdField }).optional(),
  product_id: z.uuid().optional(),
  batch: textField(200).nullish(),
  quantity: amountField.meta({ description: 'More than zero, at most 4 decimals.' }),
  unit_price: amountField.meta({ description: 'Of one piece, before discounts.' }),
  discount: amountField.nullish().meta({ description: 'Of the whole line.' }),
  unit_cost: amountField
    .nullish()
    .meta({ description: "Without it the batch's cost holds, else the product's." }),
});

function refuseOtherHash(
  { email, email_hash }: { email?: string | null; email_hash?: string | null },
  context: z.core.$RefinementCtx,
): void {
  if (!email || !email_hash || emailHash(email).toString('hex') === email_hash) return;
  context.addIssue({
    code: 'custom',
    path: ['email_hash'],
    message: 'is not the hash of email; leave one of the two out',
  });
}

/** An order as a source tells it: always the whole of it, so that what is left out is not there. */
export const orderInput = z.strictObject({
  source: sourceField.meta({ description: 'The shop where the sale happened, whoever reports it.' }),
  external_id: externalIdField,
  order_number: textField(200).nullish(),
  currency: currencyField,
  ordered_at: timestampField,
  updated_at: timestampField
    .nullish()
    .meta({ description: "The source's version: one older than the version held is kept and ignored." }),
  status: z.enum(orderStatuses),
  customer: orderCustomer.nullish(),
  session_id: textField(200).nullish(),
  store: textField(200).nullish(),
  retailer: textField(200).nullish(),
  coupon: textField(200).nullish(),
  utm: labels('UTM parameters as seen at checkout.'),
  click_ids: labels('Ad click ids as seen at checkout, such as gclid.'),
  reported_campaign: textField(500).nullish().meta({ description: 'The campaign the source claims.' }),
  prices_include_tax: z.boolean().default(false),
  lines: z.array(lineInput).max(2000).optional(),
  shipping: amountField.nullish(),
  tax: amountField.nullish(),
  discount: amountField
    .nullish()
    .meta({ description: 'Of the whole order; spread over the lines by their net.' }),
  total: amountField
    .nullish()
    .meta({ description: 'What an order without lines was worth. With lines it must be their sum.' }),
  product_count: amountField.nullish().meta({ description: 'How many pieces an order without lines had.' }),
});
export type OrderInput = z.output<typeof orderInput>;

export const statusInput = z.strictObject({
  status: z.enum(orderStatuses),
  updated_at: timestampField
    .nullish()
    .meta({ description: "The source's version of this status. Left out, the version held stays." }),
});
export type StatusInput = z.output<typeof statusInput>;

/** A refund as a source tells it. Amounts are in the currency of the order. */
export const refundInput = z.strictObject({
  external_id: externalIdField,
  refunded_at: timestampField.nullish().meta({ description: 'Now by default.' }),
  lines: z
    .array(
      z.strictObject({
        line_no: z.int().min(1).nullish(),
        line_external_id: externalIdField.nullish(),
        quantity: amountField.nullish(),
        amount: amountField.nullish(),
      }),
    )
    .max(2000)
    .optional(),
  shipping: amountField.nullish(),
  tax: amountField.nullish(),
  amount: amountField.nullish().meta({
    description: 'Without lines it is spread over lines, shipping and tax. With lines it must be the sum.',
  }),
  reason: textField(1000).nullish(),
});
export type RefundInput = z.output<typeof refundInput>;
