import type { Route } from '../vocabulary/route.ts';
import { routes as campaigns } from './campaign-routes.ts';
import { routes as lifecycle } from './lifecycle/lifecycle-routes.ts';
import { routes as spend } from './spend/spend-routes.ts';
import { routes as targets } from './targets/target-routes.ts';

export const routes: Route[] = [...campaigns, ...lifecycle, ...targets, ...spend];
