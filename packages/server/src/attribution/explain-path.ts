import type { Touch } from '../vocabulary/credit.ts';
import type { ShareExplanation } from './explain-order.ts';
import { type CampaignNames, type DecidedShare, decideShare, explainShare } from './explain-share.ts';
import { noShare, type TouchShare } from './explain-touch-credit.ts';
import type { GatheredOrder } from './gather-evidence.ts';
import type { ModelVersion } from './model-versions.ts';
import { isAlive } from './models/eligible-touches.ts';
import { models } from './models/index.ts';

/** A touch of an order's path with the plain reason why models may credit it, or not. */
export type TouchExplanation = {
  touch_id: string;
  kind: Touch['kind'];
  campaign_id: string | null;
  /** Of its campaign; of its channel where it has none. */
  name: string;
  channel: string;
  session_id: string | null;
  touched_at: string;
  last_activity_at: string | null;
  expires_at: string | null;
  code: 'alive' | 'expired' | 'no_campaign' | 'bot' | 'own_traffic' | 'impossible_rate' | 'excluded';
  reason: string;
  /** The models under which it brought credit of the order. */
  credited_by: string[];
  /** What it brought under each model that credits touches. */
  shares: ({ model: string; model_version: number } & TouchShare)[];
};

/** How a whole order, with shipping and tax, is divided under the models that divide orders. */
export type PathExplanation = { touches: TouchExplanation[]; shares: ShareExplanation[] };

/**
 * Explains the touches of an order and the credit of the models that divide it whole. Pure: from the same evidence the
 * decision is made of. Touches with campaigns that who asks may not see are left out.
 */
export function explainPath(
  evidence: GatheredOrder,
  versions: ModelVersion[],
  names: CampaignNames,
): PathExplanation {
  const decided = versions
    .filter(({ model }) => models.get(model)!.divides === 'order')
    .map((version) => decideShare(evidence, version));
  const window = versions.findLast(({ parameters }) => parameters.visit_window_days !== undefined);
  const view_days = Math.max(0, ...decided.map(({ version }) => version.parameters.view_days ?? 0));
  const touches = evidence.paths.get(window?.parameters.visit_window_days ?? 0) ?? [];
  return {
    touches: [
      ...touches
        .filter(({ campaign_id }) => campaign_id === null || names.isSeen(campaign_id))
        .map((touch) => explainTouch(touch, evidence, { window: window!, view_days }, decided, names)),
      ...explainExcluded(evidence, names),
    ].sort((a, b) => (a.touched_at < b.touched_at ? -1 : a.touched_at > b.touched_at ? 1 : 0)),
    shares: decided.map((share) => explainShare(evidence, share, names)),
  };
}

type Lives = { window: ModelVersion; view_days: number };

function explainTouch(
  touch: Touch,
  { sale_time }: GatheredOrder,
  { window, view_days }: Lives,
  decided: DecidedShare[],
  { nameOf, isSeen }: CampaignNames,
): TouchExplanation {
  const holder = touch.campaign_id ?? touch.channel_campaign_id;
  const visit_window_days = window.parameters.visit_window_days!;
  const alive = isAlive(touch, sale_time, { visit_window_days, view_days });
  const life = lifeOf(touch, alive, { visit_window_days, view_days });
  const arrival = 'It was an arrival without a campaign: only models that include channels credit it.';
  return {
    touch_id: touch.touch_id,
    kind: touch.kind,
    campaign_id: touch.campaign_id,
    name: nameOf(holder),
    channel: touch.channel,
    session_id: touch.session_id,
    touched_at: touch.touched_at.toISOString(),
    last_activity_at: touch.last_activity_at.toISOString(),
    expires_at: touch.expires_at.toISOString(),
    code: !alive ? 'expired' : touch.campaign_id === null ? 'no_campaign' : 'alive',
    reason: touch.campaign_id === null ? `${life} ${arrival}` : life,
    ...(isSeen(holder) ? broughtBy(touch, decided) : { credited_by: [], shares: [] }),
  };
}

function broughtBy(
  { touch_id }: Touch,
  decided: DecidedShare[],
): Pick<TouchExplanation, 'credited_by' | 'shares'> {
  const looking = decided.flatMap(({ version: { model, version }, touches }) =>
    touches === undefined ? [] : [{ model, model_version: version, touches }],
  );
  return {
    credited_by: looking.filter(({ touches }) => touches.crediting.has(touch_id)).map(({ model }) => model),
    shares: looking.map(({ touches, ...share }) => ({
      ...share,
      ...(touches.shown.get(touch_id) ?? noShare),
    })),
  };
}

function lifeOf(
  { kind, touched_at, last_activity_at, expires_at }: Touch,
  alive: boolean,
  { visit_window_days, view_days }: { visit_window_days: number; view_days: number },
): string {
  if (kind === 'email_open') {
    return alive
      ? `The mail was looked at and not clicked, within ${view_days} days before the sale: only models that include opens credit it.`
      : `The mail was looked at on ${at(touched_at)} and not clicked; that counts for ${view_days} days at most.`;
  }
  const span = `${visit_window_days} days after its last activity on ${at(last_activity_at)}`;
  return alive
    ? `It was alive at the sale, within ${span}.`
    : `It had expired on ${at(expires_at)}, ${span}.`;
}

const exclusions: Record<string, { code: TouchExplanation['code']; reason: string }> = {
  bot: { code: 'bot', reason: 'It was made by a bot: counted apart, never credited.' },
  own_traffic: {
    code: 'own_traffic',
    reason: 'It was the merchant’s own traffic: counted apart, never credited.',
  },
  impossible_rate: {
    code: 'impossible_rate',
    reason: 'It was one of more clicks than a person makes: counted apart, never credited.',
  },
};

function explainExcluded({ excluded }: GatheredOrder, { nameOf, isSeen }: CampaignNames): TouchExplanation[] {
  return excluded.flatMap(({ session_id, clicks }) =>
    clicks
      .filter(({ campaign_id }) => campaign_id === null || isSeen(campaign_id))
      .map((click) => ({
        touch_id: click.id,
        kind: 'visit' as const,
        campaign_id: click.campaign_id,
        name: click.campaign_id === null ? click.channel : nameOf(click.campaign_id),
        channel: click.channel,
        session_id,
        touched_at: click.clicked_at.toISOString(),
        last_activity_at: null,
        expires_at: null,
        ...(exclusions[click.excluded] ?? {
          code: 'excluded' as const,
          reason: `It was kept apart (${click.excluded}), never credited.`,
        }),
        credited_by: [],
        shares: [],
      })),
  );
}

function at(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}
