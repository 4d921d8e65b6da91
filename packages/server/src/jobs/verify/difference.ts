/** One thing that is not as it should be. Amounts are minor units as text; quantities ten-thousandths. */
export type Difference =
  | {
      kind: 'ledger';
      order_id: string;
      line_no: number;
      campaign_id: string;
      model: string;
      currency: string;
      sale_time: string;
      /** What an entry would have to add for the ledger to be right. */
      missing_quantity_e4: string;
      missing_revenue_minor: string;
      missing_profit_minor: string | null;
    }
  | { kind: 'coverage'; order_id: string; message: string }
  | { kind: 'settlement'; order_id: string; message: string }
  | { kind: 'customer'; order_id: string; message: string }
  | { kind: 'refunds'; order_id: string; message: string }
  | { kind: 'send'; send_id: string; message: string }
  | {
      kind: 'mailing';
      email_campaign_id: string;
      /** Of sums by the time of sending; sums of what happened when have neither. */
      grain?: string;
      partner_id?: string;
      bucket: string;
      /** Per count: what the row holds and what its sends come to. */
      measures: Record<string, { stored: string; expected: string }>;
    }
  | {
      kind: 'visits';
      campaign_id: string;
      /** `returning`: the list of visits whose people have to be told apart. */
      dimension: string;
      grain: string;
      bucket: string;
      value: string;
      measures: Record<string, { stored: string; expected: string }>;
    }
  | {
      kind: 'acquisition';
      model_version_id: string;
      currency: string;
      bucket: string;
      campaign_id: string;
      measures: Record<string, { stored: string; expected: string }>;
    }
  | {
      kind: 'rollup';
      model_version_id: string;
      basis: string;
      grain: string;
      subject_kind: string;
      subject: string;
      currency: string;
      bucket: string;
      /** Per measure: what the row holds and what the ledger sums up to. */
      measures: Record<string, { stored: string; expected: string }>;
    };

export type DifferenceList = {
  add(difference: Difference): void;
  count(): number;
  kept(): Difference[];
};

// Enough to see a pattern; a broken installation must not answer with a million rows.
const mostKept = 200;

/** Counts all differences and keeps the first of them. */
export function firstDifferences(): DifferenceList {
  const first: Difference[] = [];
  let counted = 0;
  return {
    add: (difference) => {
      counted += 1;
      if (first.length < mostKept) first.push(difference);
    },
    count: () => counted,
    kept: () => first,
  };
}
