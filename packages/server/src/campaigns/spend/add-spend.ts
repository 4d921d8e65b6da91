import { inTransaction } from '../../database/index.ts';
import { type FieldFault, notFound } from '../../vocabulary/errors.ts';
import { amountReader } from '../../vocabulary/read-amounts.ts';
import type { CampaignContext } from '../campaign.ts';
import { refuseFaults } from '../read-amount.ts';
import { type RecordedSpend, recordSpend } from './record-spend.ts';
import type { SpendInput } from './spend-fields.ts';

/**
 * Records what a campaign cost, as sent: amounts are decimals of their currency, the campaign's by default.
 *
 * @param path where an item stands in the request, `items.<n>.` in a list
 * @throws not_found
 * @throws invalid for an amount that is negative or too fine, and what `recordSpend` refuses
 */
export async function addSpend(
  { db, clock, actor }: CampaignContext,
  campaignId: string,
  inputs: SpendInput[],
  path: (place: number) => string,
): Promise<RecordedSpend[]> {
  return inTransaction(db, async (tx) => {
    const campaign = await tx
      .selectFrom('campaigns')
      .select('currency')
      .where('id', '=', campaignId)
      .where('channel', 'is', null)
      .executeTakeFirst();
    if (campaign === undefined) throw notFound('campaign', campaignId);
    const faults: FieldFault[] = [];
    const read = amountReader(faults);
    const entries = inputs.map(({ day, amount, source = 'manual', note, replace, ...given }, place) => {
      const currency = given.currency ?? campaign.currency;
      const amount_minor = read.money(`${path(place)}amount`, amount, currency);
      return { campaign_id: campaignId, day, amount_minor, currency, source, note, replace };
    });
    refuseFaults(faults);
    return recordSpend(tx, entries, { actor: actor.name, at: clock.now() });
  });
}
