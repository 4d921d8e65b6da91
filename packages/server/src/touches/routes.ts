import type { Route } from '../vocabulary/route.ts';
import { routes as mailings } from './emails/mailings/email-campaign-routes.ts';
import { routes as sends } from './emails/sends/send-routes.ts';

/** What is recorded of touches, and read one by one. */
export const routes: Route[] = [...mailings, ...sends];
