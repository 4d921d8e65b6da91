import { z } from 'zod';
import { platforms, statuses } from '../../campaigns/index.ts';
import { timestampField } from '../../vocabulary/fields.ts';

/** A bound of a range as it was given: a whole calendar day of the report's zone, or an instant. */
export type Moment = { day: string } | { instant: Date };

const lastYear = 2999;

/** `2026-03-01`, or ISO 8601 with an offset. */
const momentField = z
  .string()
  .transform((text, check): Moment => {
    const given = text.trim();
    const year = Number(given.slice(0, 4));
    const day = z.iso.date().safeParse(given);
    const instant = timestampField.safeParse(given);
    if (day.success || instant.success) {
      if (year >= 1900 && year <= lastYear) {
        return day.success ? { day: day.data } : { instant: instant.data! };
      }
      check.addIssue(`must lie between the years 1900 and ${lastYear}; leave it out for no bound`);
    } else {
      check.addIssue(
        'must be a calendar day such as 2026-03-01, or a timestamp with an offset such as 2026-03-01T12:00:00+01:00 or …Z',
      );
    }
    return z.NEVER;
  })
  .optional();

export const sortFields = [
  'revenue',
  'profit',
  'units',
  'orders',
  'spend',
  'roi',
  'roas',
  'profit_roi',
  'average_order_value',
] as const;
export type SortField = (typeof sortFields)[number];

export const mostRows = 5_000;

export const yesOrNo = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

/** What every report can be asked, as it stands in the query string. */
export const reportQuery = z.object({
  from: momentField.meta({
    description: 'Start of the range: a day of the time zone, or an instant. All time when absent.',
    example: '2026-02-01',
  }),
  to: momentField.meta({
    description: 'End of the range: a day, which is included whole, or an instant, which is not.',
    example: '2026-02-28',
  }),
  tz: z.string().max(100).optional().meta({
    description: 'IANA time zone; that of the installation when absent.',
    example: 'Europe/Berlin',
  }),
  model: z.string().max(100).optional().meta({
    description: 'Attribution model; product_split when absent.',
    example: 'product_split',
  }),
  currency: z.string().max(10).optional().meta({
    description: 'ISO 4217 code; that of the installation when absent. Currencies are never added up.',
    example: 'EUR',
  }),
  basis: z.enum(['sale', 'posted']).default('sale').meta({
    description: 'By sale date, restated when something changes, or as booked on the day it was posted.',
  }),
  platform: z.enum(platforms).optional().meta({ description: 'Campaigns of this platform only.' }),
  status: z.enum(statuses).optional().meta({ description: 'Campaigns that have this status now only.' }),
  include_children: yesOrNo.meta({
    description: 'A campaign stands for itself and all below it, counted once.',
  }),
  sort: z
    .enum(sortFields)
    .optional()
    .meta({ description: 'What to order rows by; unknown values come last.' }),
  order: z.enum(['asc', 'desc']).optional(),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostRows)
    .optional()
    .meta({ description: 'At most this many rows.' }),
  compare: z.enum(['previous']).optional().meta({
    description: 'Adds the same figures of the period of equal length before, with the change in percent.',
  }),
});
/** A report's query; a model that was not asked for by name gives way to one that is kept. */
export type ReportQuery = Omit<z.output<typeof reportQuery>, 'model'> & {
  model?: string | { preferred: string };
};

/** The same for reports of visits and what came of them: they ask a touch model unless told otherwise. */
export const touchReportQuery = reportQuery.extend({
  model: z
    .string()
    .max(100)
    .optional()
    .transform((name) => name ?? { preferred: 'last_touch' })
    .meta({
      description: 'Attribution model; last_touch, or where that is not kept product_split, when absent.',
      example: 'last_touch',
    }),
});

/** What visits add to what rows can be ordered by. */
export const visitSortFields = [
  'visits',
  'unique_visitors',
  'conversions',
  'conversion_rate',
  'cost_per_visit',
  'cost_per_conversion',
] as const;
export type VisitSortField = (typeof visitSortFields)[number];

const anyMetric = z.enum([...sortFields, ...visitSortFields]).optional();

/** A report of visits whose rows can be ordered by them too. */
export const visitReportQuery = touchReportQuery.extend({
  sort: anyMetric.meta({ description: 'What to order rows by; unknown values come last.' }),
  metric: anyMetric.meta({ description: 'The same as sort.' }),
});
