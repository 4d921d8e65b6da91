import type { Route } from '../vocabulary/route.ts';
import { batchRoutes } from './batch-routes.ts';
import { routes as mailings } from './emails/mailings/email-campaign-routes.ts';
import { routes as sends } from './emails/sends/send-routes.ts';
import { linkRoutes } from './links/link-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { siteKeyRoutes } from './site-keys/site-key-routes.ts';
import { visitRoutes } from './visits/read/visit-routes.ts';

/** What is recorded of touches, and read one by one. */
export const routes: Route[] = [
  ...pageRoutes,
  ...batchRoutes,
  ...siteKeyRoutes,
  ...linkRoutes,
  ...visitRoutes,
  ...mailings,
  ...sends,
];
