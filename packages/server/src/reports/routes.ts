import type { Route } from '../vocabulary/route.ts';
import { routes as analytics } from './analytics/routes.ts';
import { routes as campaign } from './campaign/routes.ts';
import { routes as compare } from './compare/routes.ts';
import { routes as conversions } from './conversions/routes.ts';
import { routes as customers } from './customers/routes.ts';
import { routes as email } from './email/routes.ts';
import { routes as credits } from './export/routes.ts';
import { routes as health } from './health/routes.ts';
import { routes as leaderboard } from './leaderboard/routes.ts';
import { routes as overview } from './overview/routes.ts';
import { routes as paths } from './paths/routes.ts';
import { routes as platforms } from './platforms/routes.ts';
import { routes as timeline } from './timeline/routes.ts';

/** Every report of the API; each lists its own beside its question. */
export const routes: Route[] = [
  ...overview,
  ...leaderboard,
  ...platforms,
  ...timeline,
  ...health,
  ...email,
  ...customers,
  ...campaign,
  ...analytics,
  ...compare,
  ...conversions,
  ...paths,
  ...credits,
];
