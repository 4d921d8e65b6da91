import { sumSpendOver } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import { addAcquisitions, noAcquisitions, type OpenSpan, readAcquisitions } from '../../rollups/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import { type Interval, intervalsOf } from '../../vocabulary/time-zone.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import { mostRows, type ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import {
  idsSeen,
  type ReportCampaign,
  type ReportCampaigns,
  readCampaigns,
} from '../measure/read-campaigns.ts';
import { wholeScope } from '../measure/scope.ts';
import { daysOf } from '../measure/spend-days.ts';
import { readExtent } from '../timeline/read-extent.ts';
import { type ComparedCustomers, customerFiguresOf } from './customer-figures.ts';
import { type CustomerSort, rankCustomers } from './rank-customers.ts';

export const customerGroups = ['campaign', 'month', 'campaign_month'] as const;

export type CustomersQuery = Omit<ReportQuery, 'sort'> & {
  by: (typeof customerGroups)[number];
  sort?: CustomerSort | undefined;
};

/** A campaign over the range, a month of all campaigns, or a campaign in a month. */
export type CustomersRow = ComparedCustomers & {
  month: Interval | undefined;
  campaign: ReportCampaign | undefined;
};

export type CustomersReport = {
  rows: CustomersRow[];
  /** How many there are beyond the limit as well. */
  row_count: number;
  totals: ComparedCustomers;
  question: ReportQuestion;
  meta: ReportMeta;
};

const defaultLimit = 100;

/**
 * Which customers campaigns acquired in the range, what they cost and what they brought to date, by the campaign that
 * acquired them, by the month in which it did, or by both.
 */
export async function readCustomers(
  context: ReportContext,
  { by, sort, ...query }: CustomersQuery,
): Promise<CustomersReport> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    // The months of a range add up to it: what is summed by month need not be summed once more.
    const now = by === 'campaign' ? [question.span] : await monthsOf(db, question, campaigns);
    const before = by === 'campaign' ? spansBefore(question) : monthsIn(question.previous, question);
    const sums = await readSums(db, question, campaigns, [...now, ...before]);
    const each = by === 'month' ? [undefined] : campaigns.asked;
    const rows = now.flatMap((span, place) =>
      each.map(
        (campaign): CustomersRow => ({
          month: by === 'campaign' ? undefined : (span as Interval),
          campaign,
          figures: sums([place], campaign),
          previous: place < before.length ? sums([now.length + place], campaign) : undefined,
        }),
      ),
    );
    const told = by === 'month' ? rows : rows.filter(hasAny);
    const ranked = rankCustomers(told, { sort, order: question.order });
    const limit = question.limit ?? (by === 'campaign' ? defaultLimit : mostRows);
    const totals = {
      figures: sums([...now.keys()]),
      previous: question.previous && sums([...before.keys()].map((place) => now.length + place)),
    };
    return { rows: ranked.slice(0, limit), row_count: ranked.length, totals };
  });
}

/**
 * Figures of one campaign (with all below it where asked for), or of all that are asked for, over the spans at these
 * places together: the months of a range add up to it.
 */
type FiguresOf = (places: number[], campaign?: ReportCampaign) => ComparedCustomers['figures'];

async function readSums(
  db: Database,
  question: ReportQuestion,
  { asked, treeOf, ...campaigns }: ReportCampaigns,
  spans: OpenSpan[],
): Promise<FiguresOf> {
  const { currency, time_zone, include_children, model } = question;
  const campaign_ids = idsSeen(question, { asked, treeOf, ...campaigns });
  const acquired = await readAcquisitions(db, { model, currency, campaign_ids }, spans);
  const days = spans.map((span) => daysOf(span, time_zone));
  const spent = await sumSpendOver(db, days, { currency, campaign_ids });
  const ofOne = ({ campaign_id }: ReportCampaign) => (include_children ? treeOf(campaign_id) : [campaign_id]);
  const all = [...new Set(asked.flatMap(ofOne))];
  return (places, campaign) => {
    const ids = campaign === undefined ? all : ofOne(campaign);
    const measures = noAcquisitions();
    let spend_minor: Minor = 0n;
    for (const place of places) {
      for (const id of ids) {
        const more = acquired[place]!.get(id);
        if (more !== undefined) addAcquisitions(measures, more);
        spend_minor += spent[place]!.get(id) ?? 0n;
      }
    }
    return customerFiguresOf({
      measures,
      spend_minor,
      adds_up: model.conserving || ids.length === 1,
      sees_shop: question.seen_by.kind === 'all',
    });
  };
}

function spansBefore({ previous }: ReportQuestion): Interval[] {
  return previous === undefined ? [] : [previous];
}

/** The months of the range; an open end is closed where the first credit or spend lies, or by now. */
async function monthsOf(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
): Promise<Interval[]> {
  const { from, to } = question.span;
  if (from !== null && to !== null) return monthsIn({ from, to }, question);
  const extent = await readExtent(db, question, wholeScope(question, campaigns), 'month');
  return extent === undefined ? [] : monthsIn({ from: from ?? extent.from, to: to ?? extent.to }, question);
}

function monthsIn(range: Interval | undefined, { time_zone }: ReportQuestion): Interval[] {
  return range === undefined ? [] : intervalsOf(range, 'month', time_zone);
}

function hasAny({ figures, previous }: CustomersRow): boolean {
  return [figures, previous].some(
    (each) =>
      each !== undefined &&
      (each.customers !== 0n || each.spend_minor !== 0n || (each.new_customer_orders ?? 0n) !== 0n),
  );
}
