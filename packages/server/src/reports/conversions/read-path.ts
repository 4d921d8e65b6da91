import {
  creditTouches,
  eligibleTouches,
  explainTouchCredit,
  gatherEvidence,
  models,
  noShare,
  readTouchRules,
  type TouchShare,
} from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import type { Evidence, ModelParameters, Touch } from '../../vocabulary/credit.ts';
import type { Settings } from '../../vocabulary/settings.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { ReportCampaign, ReportCampaigns } from '../measure/read-campaigns.ts';
import type { LineCredit } from './read-campaign-source.ts';

/** A touch of an order's path and what it brought. */
export type SourceTouch = Pick<Touch, 'touch_id' | 'kind' | 'channel' | 'touched_at'> & {
  /** None for an arrival without one. */
  campaign: ReportCampaign | undefined;
  /** Null under a model that credits no touches. */
  share: TouchShare | null;
  /** Whether its campaign's credit may have come by it. */
  leads: boolean;
};

/**
 * The touches of an order up to the sale, in the order of time, each with its part of what its campaign holds under the
 * model. Who sees only their own campaigns sees only the touches of these.
 *
 * @param asked.held what campaigns hold of the order under the model
 */
export async function readPath(
  db: Database,
  {
    orderId,
    held,
    campaigns,
    question,
    settings,
  }: {
    orderId: string;
    held: LineCredit[];
    campaigns: ReportCampaigns;
    question: ReportQuestion;
    settings: Pick<Settings, 'visitWindowDays'>;
  },
): Promise<SourceTouch[]> {
  const { parameters: given } = await readTouchRules(db, question.model.id, settings);
  const parameters = { ...models.get('last_touch')!.defaults, ...given };
  const [evidence] = await gatherEvidence(db, [orderId], [{ model: question.model.name, parameters }]);
  const weighed = models.get(question.model.name)!.weigh?.(evidence!, parameters);
  const shares = weighed && explainTouchCredit(creditTouches(held, weighed), weighed, evidence!.currency);
  const leading = weighed?.filter(({ weight }) => weight > 0n) ?? couldLead(evidence!, parameters);
  const leadingIds = new Set(leading.map(({ touch_id }) => touch_id));
  const seen = new Map(campaigns.all.map((campaign) => [campaign.campaign_id, campaign]));
  return (evidence!.paths.get(parameters.visit_window_days!) ?? []).flatMap((touch) => {
    const { touch_id, kind, channel, touched_at, campaign_id } = touch;
    const campaign = campaign_id === null ? undefined : seen.get(campaign_id);
    if (campaign === undefined && (campaign_id !== null || question.seen_by.kind !== 'all')) return [];
    const share = shares === undefined ? null : (shares.get(touch_id) ?? noShare);
    return [{ touch_id, kind, channel, touched_at, campaign, share, leads: leadingIds.has(touch_id) }];
  });
}

function couldLead(evidence: Evidence, parameters: ModelParameters): Touch[] {
  return eligibleTouches(evidence, parameters).map(({ touch }) => touch);
}
