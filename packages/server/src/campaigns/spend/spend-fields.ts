import { z } from 'zod';
import { amountField, currencyField, dayField, pageFields } from '../../vocabulary/fields.ts';

/** Spend of one day as it is sent. */
const spendFields = z.object({
  day: dayField.meta({
    description: "The ad platform's own calendar date; it is never shifted between zones.",
  }),
  amount: amountField,
  currency: currencyField.optional().meta({ description: "The campaign's by default" }),
  source: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Who says so. Without it the entry is by hand, and adds up with others.' }),
  note: z.string().trim().min(1).max(1000).nullish(),
  replace: z.boolean().optional().meta({
    description:
      'The amount is the whole of what (day, source, currency) cost, and corrects what is held. True by default when a source is given.',
  }),
});
export type SpendInput = z.output<typeof spendFields>;

/** One day, or several as `items`. */
export const spendBody = z
  .object({ ...spendFields.partial().shape, items: z.array(spendFields).min(1).max(1000).optional() })
  .superRefine(({ items, ...single }, context) => {
    const given = Object.keys(single).filter((key) => single[key as keyof typeof single] !== undefined);
    if (items !== undefined) {
      for (const key of given) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'must stand in each of the items, not beside them',
        });
      }
      return;
    }
    for (const key of ['day', 'amount'] as const) {
      if (single[key] === undefined) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'is required (or a list of entries as items)',
        });
      }
    }
  });

export const spendFilterFields = z.object({
  ...pageFields,
  from: dayField.optional().meta({ description: 'First day' }),
  to: dayField.optional().meta({ description: 'Last day, included' }),
  source: z.string().optional(),
  currency: currencyField.optional(),
});
