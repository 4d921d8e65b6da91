import type { Evidence, ModelParameters, Touch } from '../../vocabulary/credit.ts';

/** A touch that a model may credit, with the campaign that would hold the credit. */
export type EligibleTouch = { touch: Touch; campaign_id: string };

/**
 * The touches of an order's path that count under these parameters, in the order of time: of the kinds asked for, with
 * a campaign (or a channel, where channels are included), and alive at the sale.
 */
export function eligibleTouches(evidence: Evidence, parameters: ModelParameters): EligibleTouch[] {
  const path = evidence.paths.get(parameters.visit_window_days!) ?? [];
  return path.flatMap((touch) => {
    const campaign_id = touch.campaign_id ?? (parameters.channels ? touch.channel_campaign_id : null);
    const isEligible =
      campaign_id !== null &&
      parameters.touches!.includes(touch.kind) &&
      isAlive(touch, evidence.sale_time, parameters);
    return isEligible ? [{ touch, campaign_id }] : [];
  });
}

/**
 * Whether a touch can still be credited at the sale: by its last activity, or by its click where `click_days` is set; what
 * was only seen by `view_days`.
 */
export function isAlive(
  { kind, touched_at, expires_at }: Touch,
  saleTime: Date,
  { click_days, view_days }: ModelParameters,
): boolean {
  const days = kind === 'email_open' ? (view_days ?? 0) : click_days;
  return days === undefined
    ? saleTime < expires_at
    : saleTime.getTime() - touched_at.getTime() <= days * 86_400_000;
}
