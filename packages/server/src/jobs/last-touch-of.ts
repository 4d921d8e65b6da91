import { eligibleTouches, gatherEvidence, keptVersions, models } from '../attribution/index.ts';
import type { LastTouchOf } from '../vocabulary/route.ts';

/**
 * Names the last touch of an order at once, while its credit is still to be settled: by the published version of
 * `last_touch`, or its defaults where that model is not kept.
 */
export function lastTouchOf({ visitWindowDays }: { visitWindowDays: number }): LastTouchOf {
  const defaults = { ...models.get('last_touch')!.defaults, visit_window_days: visitWindowDays };
  return async (db, orderId) => {
    const kept = (await keptVersions(db)).find(
      ({ model, status }) => model === 'last_touch' && status === 'published',
    );
    const parameters = kept?.parameters ?? defaults;
    const [evidence] = await gatherEvidence(db, [orderId], [{ model: 'last_touch', parameters }]);
    const last = evidence === undefined ? undefined : eligibleTouches(evidence, parameters).at(-1);
    return {
      campaign_id: last?.campaign_id ?? null,
      visit_id: last?.touch.kind === 'visit' ? last.touch.touch_id : null,
    };
  };
}
