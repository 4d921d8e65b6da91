import { routes as attribution } from '../attribution/index.ts';
import { routes as campaigns } from '../campaigns/index.ts';
import { routes as intake } from '../intake/index.ts';
import { routes as jobs } from '../jobs/index.ts';
import { routes as ledger } from '../ledger/index.ts';
import { routes as orders } from '../orders/index.ts';
import { routes as partners } from '../partners/index.ts';
import { routes as people } from '../people/index.ts';
import { routes as products } from '../products/index.ts';
import { routes as reports } from '../reports/index.ts';
import { routes as touches } from '../touches/index.ts';
import type { Route } from '../vocabulary/route.ts';

/** Every route of the API. A room lists its own in its `routes.ts`; this is the only place where they meet. */
export const routeTable: Route[] = [
  ...people,
  ...products,
  ...campaigns,
  ...partners,
  ...touches,
  ...orders,
  ...attribution,
  ...ledger,
  ...reports,
  ...intake,
  ...jobs,
];
