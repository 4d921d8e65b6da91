import type { Route } from '../../vocabulary/route.ts';
import { routes as campaign } from './campaign.ts';
import { routes as categories } from './categories.ts';
import { routes as funnel } from './funnel.ts';
import { routes as orders } from './orders.ts';
import { routes as regions } from './regions.ts';
import { routes as retailers } from './retailers.ts';
import { routes as subjects } from './subjects.ts';
import { routes as summary } from './summary.ts';
import { routes as timeline } from './timeline.ts';

/** Every report about mailings; each lists its own beside its question. */
export const routes: Route[] = [
  ...summary,
  ...funnel,
  ...retailers,
  ...regions,
  ...timeline,
  ...subjects,
  ...categories,
  ...orders,
  ...campaign,
];
