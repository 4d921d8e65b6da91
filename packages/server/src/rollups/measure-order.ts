import { divideRounded } from '../vocabulary/money.ts';
import { type Measures, noMeasures } from './measures.ts';
import { type Subject, type SubjectsOf, subjectInterner } from './subjects.ts';

/** Credit that stands, of one order under one model version at one sale time. */
export type StandingCredit = {
  line_no: number;
  /** Null for shipping and tax. */
  product_id: string | null;
  campaign_id: string;
  quantity_e4: bigint;
  revenue_minor: bigint;
  profit_minor: bigint;
  profit_known: boolean;
};

/** What of an order could be credited under a version: the same shape as credit, without a campaign and product. */
export type CreditableLine = Omit<StandingCredit, 'campaign_id' | 'product_id'>;
type HeldLine = CreditableLine;

/**
 * What one order adds to the rollups of each subject, under one version.
 *
 * Under a conserving model the subject's credit of a line is the sum over its campaigns. FULL credit repeats the whole
 * line for each of them, so a subject wider than a campaign takes it once. Orders and lines count once where the
 * subject's net quantity or revenue of them is not zero.
 *
 * @param creditable what of the order could be credited; empty where order shares are not asked for
 */
export function measureOrder(
  credits: StandingCredit[],
  creditable: CreditableLine[],
  model: { conserving: boolean },
  subjectsOf: SubjectsOf,
): Map<Subject, Measures> {
  const heldBy = new Map<Subject, HeldLines>();
  const take = (subject: Subject, credit: StandingCredit) => {
    const held = heldBy.get(subject);
    if (held === undefined) heldBy.set(subject, holdingOf(credit));
    else hold(held, credit, model.conserving);
  };
  for (const credit of credits) {
    for (const subject of subjectsOf(credit.campaign_id)) take(subject, credit);
    for (const subject of subjectsOf(credit.campaign_id, credit.product_id)) take(subject, credit);
  }
  const creditableRevenue = creditable.reduce((sum, line) => sum + line.revenue_minor, 0n);
  const measured = new Map<Subject, Measures>();
  for (const [subject, held] of heldBy) measured.set(subject, measuresOf(held, creditableRevenue));
  for (const [subject, held] of linesByCover(credits, creditable, subjectsOf)) {
    measured.set(subject, measuresOf(held, creditableRevenue));
  }
  return measured;
}

const subjectNamed = subjectInterner();

/** What could be credited in all, and the creditable lines by how many campaigns hold credit of them. */
function linesByCover(
  credits: StandingCredit[],
  creditable: CreditableLine[],
  subjectsOf: SubjectsOf,
): Map<Subject, HeldLines> {
  const coverage = new Map<Subject, HeldLines>();
  const cover = (subject: Subject, line: CreditableLine) => {
    const held = coverage.get(subject);
    if (held === undefined) coverage.set(subject, holdingOf(line));
    else hold(held, line, true);
  };
  const holders = new Map<number, Set<string>>();
  for (const { line_no, campaign_id } of credits) {
    if (subjectsOf(campaign_id)[0]?.kind === 'channel') continue;
    const known = holders.get(line_no);
    if (known === undefined) holders.set(line_no, new Set([campaign_id]));
    else known.add(campaign_id);
  }
  for (const line of creditable) {
    cover(subjectNamed('creditable', ''), line);
    cover(subjectNamed('matched', String(holders.get(line.line_no)?.size ?? 0)), line);
  }
  return coverage;
}

/** What a subject holds of an order. The key is twice the line's number, and one more where its profit is known. */
type HeldLines = Map<number, Omit<HeldLine, 'line_no'>>;

function keyOf({ line_no, profit_known }: HeldLine): number {
  return 2 * line_no + (profit_known ? 1 : 0);
}

function holdingOf(line: HeldLine): HeldLines {
  return new Map([[keyOf(line), line]]);
}

function hold(held: HeldLines, line: HeldLine, adding: boolean): void {
  const key = keyOf(line);
  const before = held.get(key);
  if (before === undefined) held.set(key, line);
  else if (adding) {
    held.set(key, {
      quantity_e4: before.quantity_e4 + line.quantity_e4,
      revenue_minor: before.revenue_minor + line.revenue_minor,
      profit_minor: before.profit_minor + line.profit_minor,
      profit_known: before.profit_known,
    });
  }
}

function measuresOf(held: HeldLines, creditableRevenue: bigint): Measures {
  const sum = noMeasures();
  for (const [key, line] of held) {
    sum.units_e4 += line.quantity_e4;
    sum.revenue_minor += line.revenue_minor;
    if (line.profit_known) {
      sum.profit_minor += line.profit_minor;
      sum.known_cost_revenue_minor += line.revenue_minor;
    }
    if (!isSomething(held, key, line)) continue;
    sum.orders = 1n;
    if (key >= firstLineKey) sum.lines += 1n;
  }
  if (creditableRevenue > 0n) {
    sum.order_share_e9 = divideRounded(sum.revenue_minor * 1_000_000_000n, creditableRevenue);
  }
  return sum;
}

// Shipping and tax, line 0, are revenue of an order and no line of it.
const firstLineKey = 2;

/** A line of which credit stands with known and with unknown profit is one line, counted with the former. */
function isSomething(held: HeldLines, key: number, line: Omit<HeldLine, 'line_no'>): boolean {
  const twin = held.get(line.profit_known ? key - 1 : key + 1);
  if (twin === undefined) return line.quantity_e4 !== 0n || line.revenue_minor !== 0n;
  if (!line.profit_known) return false;
  return line.quantity_e4 + twin.quantity_e4 !== 0n || line.revenue_minor + twin.revenue_minor !== 0n;
}
