import { z } from 'zod';
import {
  amountField,
  currencyField,
  externalIdField,
  sourceField,
  textField,
  timestampField,
} from '../vocabulary/fields.ts';

/** A product as a caller gives it. A field left out stays as it is; null clears it. */
export const productInput = z.strictObject({
  source: sourceField,
  external_id: externalIdField,
  sku: textField(200).nullish(),
  name: textField(500).nullish(),
  category: textField(200).nullish(),
  cost: amountField
    .optional()
    .meta({ description: 'What one piece costs. The first cost known holds since ever.' }),
  currency: currencyField
    .optional()
    .meta({ description: "Of cost and batches; the installation's by default." }),
  cost_from: timestampField
    .optional()
    .meta({ description: 'From when on the cost holds; now by default. In the past it needs a reason.' }),
  costs: z
    .array(
      z.strictObject({
        unit_cost: amountField,
        currency: currencyField.optional(),
        from: timestampField.nullish().meta({ description: 'Since ever when absent' }),
        to: timestampField.nullish().meta({ description: 'Until further notice when absent' }),
      }),
    )
    .max(1000)
    .optional()
    .meta({
      description:
        'In place of cost: every period of a currency, as products are exported. Other ones than those known need a reason.',
    }),
  reason: textField(1000).optional(),
  batches: z
    .array(
      z.strictObject({
        batch: textField(200),
        unit_cost: amountField,
        currency: currencyField.optional(),
      }),
    )
    .max(1000)
    .optional(),
});

export type ProductInput = z.output<typeof productInput>;
