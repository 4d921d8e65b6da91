import { randomUUID } from 'node:crypto';
import type { Database } from '../database/index.ts';
import { lastTouchOf, previewReach } from '../jobs/index.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { Frame } from './frame.ts';

/** What a route is given when a command asks it. */
export function routeContext({ clock, settings, actor }: Frame, db: Database): RouteContext {
  return {
    ...{ db, clock, settings, actor },
    requestId: randomUUID(),
    previewReach: previewReach(db),
    lastTouchOf: lastTouchOf(settings),
  };
}
