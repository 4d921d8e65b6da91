import { z } from 'zod';
import { recordSpend, resolveCampaigns } from '../../../campaigns/index.ts';
import { type Database, inTransaction } from '../../../database/index.ts';
import { type ItemOutcome, rejected } from '../../../vocabulary/batch.ts';
import type { FieldFault } from '../../../vocabulary/errors.ts';
import { amountField, currencyField, dayField, textField } from '../../../vocabulary/fields.ts';
import { amountReader } from '../../../vocabulary/read-amounts.ts';
import type { RecordContext } from './import-kinds.ts';

/** What a campaign cost on a day, as a file says it. */
export const spendRow = z.strictObject({
  campaign: textField(500).meta({
    description: "A campaign's id, tracking code, metadata.external_id (its id at the ad platform) or name.",
  }),
  day: dayField.meta({ description: "The ad platform's own calendar date." }),
  amount: amountField,
  currency: currencyField.optional().meta({ description: "The campaign's by default." }),
  source: textField(100).default('import').meta({ description: 'Who says so, such as google_ads.' }),
  note: textField(1000).nullish(),
});
export type SpendRow = z.output<typeof spendRow>;

/**
 * Records days of spend, each the whole of what (campaign, day, source, currency) cost: what is held is corrected to it.
 * No two rows may say the same day of a campaign.
 */
export async function recordSpendRows(
  db: Database,
  rows: SpendRow[],
  { clock, actor }: RecordContext,
): Promise<ItemOutcome[]> {
  return inTransaction(db, async (tx) => {
    const found = await resolveCampaigns(
      tx,
      rows.map(({ campaign }) => campaign),
    );
    const outcomes: ItemOutcome[] = [];
    const entries = rows.flatMap(({ campaign: named, amount, ...row }, place) => {
      const faults: FieldFault[] = [];
      const meant = found[place]!;
      if ('fault' in meant) {
        outcomes[place] = rejected(named, [{ path: 'campaign', message: meant.fault }]);
        return [];
      }
      const currency = row.currency ?? meant.campaign.currency;
      const amount_minor = amountReader(faults).money('amount', amount, currency);
      if (faults.length > 0) {
        outcomes[place] = rejected(named, faults);
        return [];
      }
      const entry = { ...row, campaign_id: meant.campaign.id, amount_minor, currency, replace: true };
      return [{ place, named, entry }];
    });
    const recorded = await recordSpend(
      tx,
      entries.map(({ entry }) => entry),
      { actor, at: clock.now() },
    );
    for (const [index, { place, named }] of entries.entries()) {
      const { outcome, entry } = recorded[index]!;
      outcomes[place] = { outcome: words[outcome], id: entry.id, external_id: named };
    }
    return outcomes;
  });
}

const words = { recorded: 'created', corrected: 'updated', unchanged: 'unchanged' } as const;
