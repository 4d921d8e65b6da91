import { Command } from 'commander';
import { type Difference, type Verification, verifyInstallation } from '../../jobs/index.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { progressOf } from '../progress.ts';

/** `touchstone verify`: exits with 1 when anything differs. */
export function verifyCommand(answer: Answer): Command {
  return new Command('verify')
    .description('Recompute everything from facts and compare it with the ledger and the rollups')
    .action(answer(verify));
}

async function verify(frame: Frame): Promise<Outcome> {
  const verification = await withDatabase(frame, async ({ db }) => {
    const { total } = await db
      .selectFrom('orders')
      .select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('total'))
      .executeTakeFirstOrThrow();
    const progress = progressOf(frame, 'orders', total);
    return await verifyInstallation(db, progress.reach).finally(progress.end);
  });
  return {
    text: textOf(verification),
    data: verification,
    exitCode: verification.difference_count === 0 ? 0 : 1,
  };
}

function textOf(verification: Verification): string {
  const { orders_checked, rollup_rows_checked, pending, difference_count, differences } = verification;
  return [
    ...differences.map(sentenceOf),
    ...(difference_count > differences.length ? [`… and ${difference_count - differences.length} more`] : []),
    `${orders_checked} orders and ${rollup_rows_checked} rollup rows checked: ${difference_count} differences.`,
    ...(pending > 0 ? [`${pending} orders are still to be settled; they were not judged.`] : []),
  ].join('\n');
}

function sentenceOf(difference: Difference): string {
  switch (difference.kind) {
    case 'ledger':
      return `✗ order ${difference.order_id} line ${difference.line_no}, ${difference.model}: campaign ${difference.campaign_id} lacks ${difference.missing_revenue_minor} minor units of ${difference.currency} and ${difference.missing_quantity_e4} ten-thousandths of a piece`;
    case 'rollup':
      return `✗ rollup ${difference.subject_kind} ${difference.subject} by ${difference.basis}, ${difference.grain} ${difference.bucket}: ${JSON.stringify(difference.measures)}`;
    case 'acquisition':
      return `✗ acquisitions of campaign ${difference.campaign_id}, ${difference.bucket} in ${difference.currency}: ${JSON.stringify(difference.measures)}`;
    case 'visits':
      return `✗ visits of campaign ${difference.campaign_id}, ${difference.dimension} ${difference.value} by ${difference.grain}, ${difference.bucket}: ${JSON.stringify(difference.measures)}`;
    case 'send':
      return `✗ send ${difference.send_id}: ${difference.message}`;
    case 'mailing':
      return `✗ sums of mailing ${difference.email_campaign_id}, ${difference.grain === undefined ? 'what happened' : `partner ${difference.partner_id}, ${difference.grain}`} ${difference.bucket}: ${JSON.stringify(difference.measures)}`;
    case 'coverage':
    case 'customer':
    case 'refunds':
    case 'settlement':
      return `✗ order ${difference.order_id}: ${difference.message}`;
  }
}
