import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { touchReportQuery } from '../ask/report-query.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { figuresData, showFigures } from '../show/show-figures.ts';
import { showVisitFigures, visitFiguresData } from '../show/show-visit-figures.ts';
import { type ComparedCampaign, type Comparison, readComparison } from './read-comparison.ts';
import type { ProportionTest } from './two-proportion-test.ts';

const fewest = 2;
const most = 10;

const query = touchReportQuery
  .omit({ platform: true, status: true, sort: true, order: true, limit: true, compare: true })
  .extend({
    ids: z
      .string()
      .max(1_000)
      .transform((text) => text.split(',').map((id) => id.trim().toLowerCase()))
      .pipe(
        z
          .array(z.uuid('must be ids of campaigns, separated by commas'))
          .min(fewest, `must name at least ${fewest} campaigns`)
          .max(most, `must name at most ${most} campaigns`)
          .refine((ids) => new Set(ids).size === ids.length, 'must not name a campaign twice'),
      )
      .meta({
        description: `The campaigns, ${fewest} to ${most}, separated by commas; the first is the baseline.`,
      }),
  });

const share = z.number().nullable();
const percentagePoints = (description: string) => share.meta({ description });

const standing = z.object({
  is_leader: z.boolean(),
  chance_to_be_best: share.meta({
    description: 'Probability that its true rate is the highest of all, 0 to 1; Beta posteriors, flat priors',
  }),
  chance_to_win: share.meta({
    description: 'Probability that its rate is above that of the first, 0 to 1, from the relative lift',
  }),
  difference: percentagePoints(
    "How far the leader's conversion rate lies above its own, in percentage points",
  ),
  difference_from: percentagePoints('Lower end of the 95 % interval of the difference'),
  difference_to: percentagePoints('Upper end of the 95 % interval of the difference'),
  z: share.meta({ description: 'Of the two-proportion test, pooled' }),
  p_value: share.meta({ description: 'Two-sided' }),
  more_visits_each: z.int().nullable().meta({
    description:
      'More visits that it and the leader each need for a verdict (power 80 %, α 5 %); null without a difference',
  }),
});

const row = z.object({
  campaign_id: z.uuid(),
  name: z.string(),
  platform: z.string(),
  status: z.string(),
  ...visitFiguresData.shape,
  ...figuresData.shape,
  currency: z.string(),
  ...standing.shape,
});

const data = z.object({
  decided: z.boolean(),
  leader_campaign_id: z.uuid().nullable(),
  verdict: z.string().meta({ example: 'Not yet enough data: about 1,900 more visits each.' }),
  campaigns: z.array(row),
});

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/compare',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Analytics',
    summary: 'Compare how campaigns convert, and say whether the difference is more than chance',
    csv: true,
    query,
    data,
    async handle({ query }, context) {
      const comparison = await readComparison(context, query);
      const { rows, verdict, question, meta } = comparison;
      const campaigns = rows.map((_, place) => showRow(comparison, place));
      return {
        data: {
          decided: verdict.decided,
          leader_campaign_id: verdict.leader === null ? null : rows[verdict.leader]!.campaign_id,
          verdict: verdict.sentence,
          campaigns,
        },
        meta,
        csv: csvOfRows('comparison', campaigns, {
          columns: Object.keys(row.shape),
          currency: question.currency,
        }),
      };
    },
  }),
];

function showRow({ rows, verdict, question: { currency } }: Comparison, place: number): z.output<typeof row> {
  const { campaign_id, name, platform, status, figures, visited, ...compared } = rows[place]!;
  return {
    ...{ campaign_id, name, platform, status },
    ...showVisitFigures(visited, currency),
    ...showFigures(figures, currency),
    currency,
    ...showStanding(compared, verdict.leader === place),
  };
}

function showStanding(
  {
    standing: { chance_to_be_best, test, more_visits_each },
    chance_to_win,
  }: Pick<ComparedCampaign, 'standing' | 'chance_to_win'>,
  is_leader: boolean,
): z.output<typeof standing> {
  return {
    is_leader,
    chance_to_be_best: rounded(chance_to_be_best),
    chance_to_win: rounded(chance_to_win),
    difference: rounded(points(test, ({ difference }) => difference)),
    difference_from: rounded(points(test, ({ interval }) => interval.from)),
    difference_to: rounded(points(test, ({ interval }) => interval.to)),
    z: rounded(test?.z ?? null),
    // Small ones keep their digits.
    p_value: test?.p_value == null ? null : Number(test.p_value.toPrecision(4)),
    more_visits_each,
  };
}

function points(test: ProportionTest | undefined, of: (test: ProportionTest) => number): number | null {
  return test === undefined ? null : of(test) * 100;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4));
}
