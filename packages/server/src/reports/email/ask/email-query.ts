import { z } from 'zod';
import { reportQuery, yesOrNo } from '../../ask/report-query.ts';

/** What every report of mailings can be asked. */
export const emailQuery = reportQuery
  .pick({
    from: true,
    to: true,
    tz: true,
    currency: true,
    platform: true,
    status: true,
    order: true,
    limit: true,
  })
  .extend({
    model: z.string().max(100).optional().meta({
      description:
        'Attribution model; when absent revenue is what sources claim: sales of CRMs and countable orders that report a campaign, each once.',
      example: 'last_touch',
    }),
    mailed: yesOrNo.meta({ description: 'Campaigns that have a mailing only.' }),
    campaign_id: z.uuid().optional().meta({ description: 'Of this campaign only.' }),
  });
export type EmailQuery = z.output<typeof emailQuery>;
