import { sumSpendOver } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import {
  type AcquisitionMeasures,
  addAcquisitions,
  noAcquisitions,
  type OpenSpan,
  readAcquisitions,
} from '../../rollups/index.ts';
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
    const wholes = [question.span, ...(question.previous === undefined ? [] : [question.previous])];
    const months = by === 'campaign' ? [] : await monthsOf(db, question, campaigns);
    const before = by === 'campaign' ? [] : monthsIn(question.previous, question);
    const spans = [...wholes, ...months, ...before];
    const sums = await readSums(db, question, campaigns, spans);
    const compared = (now: number, then: number, campaign?: ReportCampaign): ComparedCustomers => ({
      figures: sums(now, campaign),
      previous:
        question.previous === undefined || spans[then] === undefined ? undefined : sums(then, campaign),
    });
    const each = by === 'month' ? [undefined] : campaigns.asked;
    const cut = by === 'campaign' ? [undefined] : months;
    const rows = cut.flatMap((month, place) =>
      each.map((campaign): CustomersRow => {
        const now = month === undefined ? 0 : wholes.length + place;
        const then =
          month === undefined ? 1 : place < before.length ? wholes.length + months.length + place : -1;
        return { month, campaign, ...compared(now, then, campaign) };
      }),
    );
    const told = by === 'month' ? rows : rows.filter(hasAny);
    const ranked = rankCustomers(told, { sort, order: question.order });
    const limit = question.limit ?? (by === 'campaign' ? defaultLimit : mostRows);
    return { rows: ranked.slice(0, limit), row_count: ranked.length, totals: compared(0, 1) };
  });
}

/** Figures of one campaign (with all below it where asked for), or of all that are asked for, by the place of a span. */
type FiguresOf = (span: number, campaign?: ReportCampaign) => ComparedCustomers['figures'];

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
  return (span, campaign) => {
    const ids = campaign === undefined ? all : ofOne(campaign);
    return customerFiguresOf({
      measures: sumOf(acquired[span]!, ids),
      spend_minor: ids.reduce((sum, id) => sum + (spent[span]!.get(id) ?? 0n), 0n as Minor),
      adds_up: model.conserving || ids.length === 1,
      sees_shop: question.seen_by.kind === 'all',
    });
  };
}

function sumOf(byCampaign: Map<string, AcquisitionMeasures>, ids: string[]): AcquisitionMeasures {
  const sum = noAcquisitions();
  for (const id of ids) addAcquisitions(sum, byCampaign.get(id) ?? {});
  return sum;
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
