import { Command } from 'commander';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { explainCredits, type OrderExplanation } from '../../ledger/index.ts';
import { conflict, notFound } from '../../vocabulary/errors.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import { isId } from '../../vocabulary/ids.ts';
import { moneyText, parseMoney } from '../../vocabulary/money.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { tableText } from '../table-text.ts';

/** `touchstone explain ORDER`, by our id, its number or its id in the shop. */
export function explainCommand(answer: Answer): Command {
  return new Command('explain')
    .description('Say who is credited with an order, who is not, and why')
    .argument('<order>', 'its id, its number, or its id in the shop')
    .action(answer(explain));
}

async function explain(frame: Frame, named: string): Promise<Outcome> {
  const explanation = await withDatabase(frame, async ({ db }) =>
    explainCredits({ ...frame, db }, await findOrder(db, named)),
  );
  return { text: textOf(explanation), data: explanation };
}

async function findOrder(db: Database, named: string): Promise<string> {
  const { rows } = await sql<{ id: string; source: string }>`
    select id, source from orders
     where external_id = ${named} or order_number = ${named} ${isId(named) ? sql`or id = ${named}` : sql``}
     limit 11`.execute(db);
  if (rows.length > 1) {
    const found = rows.map(({ id, source }) => `${id} of ${source}`).join(', ');
    throw conflict(`${named} names several orders; take the id of one: ${found}.`);
  }
  if (rows[0] === undefined) throw notFound('order', named);
  return rows[0].id;
}

function textOf({
  order_id,
  status,
  currency,
  sale_time,
  summary,
  lines,
  path,
  entries,
}: OrderExplanation): string {
  const money = (amount: number) => `${moneyText(parseMoney(amount, currency)!, currency)} ${currency}`;
  return [
    `Order ${order_id}, ${status}, sold ${sale_time}`,
    summary,
    ...lines.flatMap((line) => [
      '',
      `Line ${line.line_no}: ${line.product.name ?? line.product.external_id}`,
      `  ${line.value} ${currency}${line.profit === null ? ', cost unknown' : `, of which ${money(line.profit)} are profit`}`,
      ...(line.candidates.length === 0 ? ['  No campaign has ever targeted this product.'] : []),
      ...line.candidates.flatMap((candidate) => [
        `  ${candidate.credited ? '✓' : '✗'} ${candidate.name} (${candidate.platform}, ${candidate.status})`,
        `      ${candidate.reason}`,
      ]),
      ...line.shares.map((share) => `  ${share.model} v${share.model_version}: ${share.arithmetic}`),
    ]),
    ...pathText(path, money),
    '',
    ...(entries.length === 0 ? ['The ledger has no entry of it.'] : ['In the ledger:', entryTable(entries)]),
  ].join('\n');
}

function pathText(
  { touches, shares }: OrderExplanation['path'],
  money: (amount: number) => string,
): string[] {
  if (shares.length === 0) return [];
  return [
    '',
    'The whole order, by its touches:',
    ...(touches.length === 0 ? ['  Nobody is known to have visited by a link before it.'] : []),
    ...touches.flatMap((touch) => [
      `  ${touch.credited_by.length > 0 ? '✓' : '✗'} ${touch.name}, ${touch.kind.replace('_', ' ')} on ${touch.touched_at}`,
      `      ${touch.reason}`,
      ...broughtText(
        touch.shares.filter(({ model }) => touch.credited_by.includes(model)),
        money,
      ),
    ]),
    ...shares.map((share) => `  ${share.model} v${share.model_version}: ${share.arithmetic}`),
  ];
}

/** What a touch brought, models that agree on it named together. */
function broughtText(
  shares: OrderExplanation['path']['touches'][number]['shares'],
  money: (amount: number) => string,
): string[] {
  const alike = groupBy(shares, ({ weight_percent, revenue }) => `${money(revenue)} (${weight_percent} %)`);
  return [...alike].map(
    ([brought, models]) => `      Brought ${brought} under ${models.map(({ model }) => model).join(', ')}.`,
  );
}

function entryTable(entries: OrderExplanation['entries']): string {
  return tableText(
    entries.map((entry) => ({
      posted: entry.posted_at,
      model: entry.model,
      line: entry.line_no,
      campaign: entry.campaign_name,
      kind: entry.kind,
      pieces: entry.quantity,
      revenue: moneyText(parseMoney(entry.revenue, entry.currency)!, entry.currency),
      profit:
        entry.profit === null ? null : moneyText(parseMoney(entry.profit, entry.currency)!, entry.currency),
      because: entry.reason,
    })),
  );
}
