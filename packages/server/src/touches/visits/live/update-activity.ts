import type { RouteContext } from '../../../vocabulary/route.ts';
import { intakeOf } from './open-intake.ts';

/** The visit that a session's activity kept alive; null when it has none that is. ISO 8601. */
export type ActiveVisit = { visit_id: string | null; expires_at: string | null };

/** Records that a session is active now, and answers once it is committed. */
export async function updateActivity(
  { db, settings, clock }: Pick<RouteContext, 'db' | 'settings' | 'clock'>,
  session_id: string,
): Promise<ActiveVisit> {
  const intake = await intakeOf(db, settings);
  const now = clock.now();
  const visits = await intake.activity({ session_id, active_at: now });
  const visit = visits.at(-1);
  if (visit === undefined || visit.expires_at <= now) return { visit_id: null, expires_at: null };
  return { visit_id: visit.visit_id, expires_at: visit.expires_at.toISOString() };
}
