import { campaignsJoined, creditBy, type Span, type Statement, treesJoined } from './credit.ts';
import { acquiredCustomers, firstOrders } from './customers.ts';
import { creditable } from './health.ts';
import { creditedOrders } from './orders.ts';
import { creditOfFirstOrder, creditOfOrder, creditOfPerson } from './people.ts';
import { creditFigures, type Figures, figuresOfReport, type ReportRow } from './read-figures.ts';

/** A plain aggregate, and what the report says of the same: some or all of its rows. */
export type RawAnswer = { statement: Statement; ours: Map<string, Figures> };

/** What a report answered: its rows or its one object, and its meta. */
export type ReportReply = {
  data: ReportRow & ReportRow[];
  meta: Record<string, unknown> & { range?: Bounds; previous_range?: Bounds };
};
type Bounds = { from: string; to: string };

/** A question, taken apart. */
type Asked = { id: string; query: URLSearchParams; reply: ReportReply };

/**
 * The plain aggregates over the ledger that answer what a report was asked, and what it answered. A comparison with
 * the period before asks both periods.
 *
 * @param version of the model in `meta`
 */
export function rawAnswers(path: string, reply: ReportReply, version: string): RawAnswer[] {
  const [route = '', query] = path.split('?');
  const [id = ''] = /[0-9a-f-]{36}/.exec(route) ?? [];
  const report = id === '' ? route : route.replace(id, ':id');
  const of = reports[report];
  if (of === undefined) throw new Error(`No plain aggregate is known for ${report}.`);
  const { basis, currency, additive } = reply.meta as Pick<Span, 'basis' | 'currency'> & {
    additive: boolean;
  };
  const span = { version, conserving: additive, currency, basis };
  const asked = { id, query: new URLSearchParams(query), reply };
  // What is told of one order or person has no range.
  const { range = { from: '', to: '' }, previous_range: before } = reply.meta;
  const now = of(asked, { ...span, ...range }, (row) => row);
  return before === undefined
    ? now
    : [...now, ...of(asked, { ...span, ...before }, (row) => (row.previous ?? {}) as ReportRow)];
}

/** What a row says of the period that is looked at: itself, or what it nests as `previous`. */
type Said = (row: ReportRow) => ReportRow;

const reports: Record<string, (asked: Asked, span: Span, said: Said) => RawAnswer[]> = {
  '/reports/leaderboard': leaderboard,
  '/campaigns/leaderboard': leaderboard,
  '/reports/platforms': platforms,
  '/reports/overview': overview,
  '/reports/timeline': timeline,
  '/reports/health': health,
  '/reports/customers': customers,
  '/campaigns/compare': compared,
  '/campaigns/:id/reports/summary': summary,
  '/campaigns/:id/reports/timeline': timeline,
  '/campaigns/:id/reports/products': products,
  '/campaigns/:id/reports/orders': orders,
  '/orders/:id/campaign-source': ({ id, reply }, span) => [
    { statement: creditOfOrder(span, id), ours: credits(reply.data.credits, ['revenue']) },
  ],
  '/customers/:id/campaign-history': ({ id, reply }, span) => [
    { statement: creditOfPerson(span, id), ours: credits(reply.data, ['units', 'revenue', 'orders']) },
  ],
  '/customers/:id/acquisition': ({ id, reply }, span) => [
    {
      statement: creditOfFirstOrder(span, id),
      ours: credits((reply.data.acquisition as ReportRow).credits, ['revenue']),
    },
  ],
};

function credits(rows: unknown, names: string[]): Map<string, Figures> {
  return each(
    rows as ReportRow[],
    ({ campaign_id }) => campaign_id,
    (row) => row,
    names,
  );
}

function leaderboard(asked: Asked, span: Span, said: Said): RawAnswer[] {
  const { data, meta } = asked.reply;
  return [
    byCampaign(asked, span, said, data),
    ...(meta.totals == null ? [] : [whole(asked, span, said(meta.totals as ReportRow))]),
  ];
}

function overview(asked: Asked, span: Span, said: Said): RawAnswer[] {
  const { data } = asked.reply;
  const { creditable_revenue } = said(data);
  return [
    whole(asked, span, said(data)),
    byCampaign(asked, span, said, data.top_campaigns as ReportRow[]),
    byPlatform(asked, span, said, data.platforms as ReportRow[]),
    ...(creditable_revenue == null
      ? []
      : [{ statement: creditable(span, true), ours: one({ revenue: creditable_revenue }, ['revenue']) }]),
  ];
}

function platforms(asked: Asked, span: Span, said: Said): RawAnswer[] {
  const { data, meta } = asked.reply;
  return [byPlatform(asked, span, said, data), whole(asked, span, said(meta.totals as ReportRow))];
}

function byPlatform(asked: Asked, span: Span, said: Said, rows: ReportRow[]): RawAnswer {
  const narrowed = { joins: campaignsJoined, where: filterOf(asked) };
  return {
    statement: creditBy('c.platform', span, narrowed),
    ours: each(rows, ({ platform }) => platform, said),
  };
}

function byCampaign(asked: Asked, span: Span, said: Said, rows: ReportRow[]): RawAnswer {
  const trees = asked.query.get('include_children') === 'true';
  const statement = trees
    ? creditBy('above.tree', span, { joins: treesJoined })
    : creditBy('e.campaign_id', span, { joins: campaignsJoined, where: filterOf(asked) });
  return { statement, ours: each(rows, ({ campaign_id }) => campaign_id, said) };
}

function compared(asked: Asked, span: Span, said: Said): RawAnswer[] {
  const ids = asked.query.get('ids')!.split(',');
  const where = `e.campaign_id in (${ids.map((id) => `'${id}'`).join()})`;
  const rows = asked.reply.data.campaigns as ReportRow[];
  return [
    {
      statement: creditBy('e.campaign_id', span, { where }),
      ours: each(rows, ({ campaign_id }) => campaign_id, said),
    },
  ];
}

function summary(asked: Asked, span: Span, said: Said): RawAnswer[] {
  return [whole(asked, span, said(asked.reply.data))];
}

function timeline(asked: Asked, span: Span, said: Said): RawAnswer[] {
  const { query, reply } = asked;
  const unit = query.get('interval') ?? 'day';
  const time = span.basis === 'sale' ? 'e.sale_time' : 'e.posted_at';
  const rows = reply.data.map(said).filter((row) => row.start !== undefined);
  // The first week of a range begins with the range.
  const start = `greatest(date_trunc('${unit}', ${time}, '${reply.meta.tz}'), $3)`;
  return [
    {
      statement: creditBy(start, span, narrowing(asked)),
      ours: each(
        rows,
        ({ start }) => new Date(start as string).toISOString(),
        (row) => row,
      ),
    },
    whole(asked, span, said(reply.meta.totals as ReportRow)),
  ];
}

function products(asked: Asked, span: Span, said: Said): RawAnswer[] {
  const { joins, where } = narrowing(asked);
  return [
    {
      statement: creditBy('e.product_id', span, { joins, where }),
      ours: each(asked.reply.data, ({ product_id }) => product_id, said),
    },
  ];
}

function orders(asked: Asked, span: Span): RawAnswer[] {
  const { query, reply } = asked;
  const by = query.get('sort') === 'revenue' ? 'revenue' : 'sale_time';
  return [
    {
      statement: creditedOrders(span, narrowing(asked), by, reply.data.length),
      ours: each(
        reply.data,
        ({ order_id }) => order_id,
        (row) => row,
      ),
    },
  ];
}

function health(asked: Asked, span: Span, said: Said): RawAnswer[] {
  const { items, revenue, orders: sold, overlap } = said(asked.reply.data) as Record<string, ReportRow>;
  const attributed = { lines: items!.attributed, revenue: revenue!.attributed, orders: sold!.attributed };
  const credit = whole(asked, span, attributed, ['lines', 'revenue', 'orders']);
  if (span.basis === 'posted') return [credit];
  const total = { lines: items!.total, revenue: revenue!.total, orders: sold!.total };
  return [
    credit,
    { statement: creditable(span, true), ours: one(total, ['lines', 'revenue', 'orders']) },
    {
      statement: creditable(span, false),
      ours: each(
        overlap!.distribution as ReportRow[],
        ({ matched_campaigns }) => matched_campaigns,
        (row) => row,
        ['lines', 'units', 'revenue'],
      ),
    },
  ];
}

function customers({ query, reply }: Asked, span: Span, said: Said): RawAnswer[] {
  const by = query.get('by') ?? 'campaign';
  const group = { by, tz: reply.meta.tz as string, trees: query.get('include_children') === 'true' };
  // Rows of months stand for themselves: the months of the period before are other ones.
  if (by !== 'campaign' && span.from !== reply.meta.range?.from) return [];
  const keyOf = ({ campaign_id, month }: ReportRow) =>
    by === 'campaign' ? campaign_id : by === 'month' ? month : `${month} ${campaign_id}`;
  return [
    {
      statement: acquiredCustomers(span, group),
      ours: each(reply.data, keyOf, said, ['customers', 'orders_to_date', 'revenue_to_date']),
    },
    {
      statement: firstOrders(span, group),
      ours: each(reply.data, keyOf, said, ['new_customer_revenue', 'new_customer_orders']),
    },
  ];
}

/** All that is asked for, in one row. */
function whole(asked: Asked, span: Span, row: ReportRow, names = creditFigures): RawAnswer {
  return { statement: creditBy(`''::text`, span, narrowing(asked)), ours: one(row, names) };
}

/** One campaign, or its tree where that is asked for, and of that what is of the platform and status asked for. */
function narrowing(asked: Asked): { joins: string; where: string } {
  const where = filterOf(asked);
  if (asked.id === '') return { joins: campaignsJoined, where };
  return asked.query.get('include_children') === 'true'
    ? { joins: `${campaignsJoined} ${treesJoined}`, where: `${where} and above.tree = '${asked.id}'` }
    : { joins: campaignsJoined, where: `${where} and e.campaign_id = '${asked.id}'` };
}

function filterOf({ query, reply }: Asked): string {
  const platform = query.get('platform');
  const status = query.get('status');
  return [
    ...(platform === null ? [] : [`c.platform = '${platform}'`]),
    ...(status === null
      ? []
      : [`case when c.ends_at <= '${reply.meta.as_of}' then 'ended' else c.status end = '${status}'`]),
    'true',
  ].join(' and ');
}

function one(row: ReportRow, names: string[]): Map<string, Figures> {
  return new Map([['', figuresOfReport(row, names)]]);
}

function each(
  rows: ReportRow[],
  keyOf: (row: ReportRow) => unknown,
  said: Said,
  names = creditFigures,
): Map<string, Figures> {
  return new Map(rows.map((row) => [String(keyOf(row) ?? ''), figuresOfReport(said(row), names)]));
}
