import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { NotFound } from './elements/NotFound.tsx';
import { PageFailed } from './elements/PageFailed.tsx';
import { paths } from './paths.ts';
import { questionParts } from './question/use-question.ts';
import { installationQuery } from './session/use-installation.ts';
import { sessionQuery } from './session/use-session.ts';
import { placesFor } from './shell/places.ts';
import { Shell } from './shell/Shell.tsx';
import { parseUrlState, type UrlState, writeUrlState } from './url-state.ts';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
  validateSearch: (search): UrlState => search as UrlState,
  search: { middlewares: [retainSearchParams<UrlState>([...questionParts])] },
});

// Everything but signing in asks for somebody who is signed in.
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  errorComponent: PageFailed,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session.setup_required) throw redirect({ to: paths.setUp });
    if (session.user === null && session.permissions.length === 0) {
      throw redirect({ to: paths.signIn, search: { return_to: location.href } });
    }
    await queryClient.ensureQueryData(installationQuery);
    // The overview is made of reports; who may read none begins with what they may.
    const [first] = placesFor(session);
    if (location.pathname === paths.overview && first !== undefined && first.to !== paths.overview) {
      throw redirect({ to: first.to });
    }
  },
});

const page = <Path extends string>(path: Path, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load, 'Page') });

const outside = <Path extends string>(path: Path, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, 'Page') });

const routeTree = root.addChildren([
  inside.addChildren([
    page(paths.overview, () => import('./pages/overview/OverviewPage.tsx')),
    page(paths.leaderboard, () => import('./pages/leaderboard/LeaderboardPage.tsx')),
    page(paths.comparison, () => import('./pages/comparison/ComparisonPage.tsx')),
    page(paths.compare, () => import('./pages/compare/ComparePage.tsx')),
    page(paths.paths, () => import('./pages/paths/PathsPage.tsx')),
    page(paths.customers, () => import('./pages/customers/CustomersPage.tsx')),
    page(paths.campaigns, () => import('./pages/campaigns/CampaignsPage.tsx')),
    page(paths.newCampaign, () => import('./pages/campaign-form/NewCampaignPage.tsx')),
    page(paths.campaign, () => import('./pages/campaign/CampaignPage.tsx')),
    page(paths.editCampaign, () => import('./pages/campaign-form/EditCampaignPage.tsx')),
    page(paths.links, () => import('./pages/links/LinksPage.tsx')),
    page(paths.live, () => import('./pages/live/LivePage.tsx')),
    page(paths.tracking, () => import('./pages/tracking/TrackingPage.tsx')),
    page(paths.email, () => import('./pages/email/EmailPage.tsx')),
    page(paths.emailRetailers, () => import('./pages/email-retailers/RetailersPage.tsx')),
    page(paths.partners, () => import('./pages/partners/PartnersPage.tsx')),
    page(paths.orders, () => import('./pages/orders/OrdersPage.tsx')),
    page(paths.order, () => import('./pages/order/OrderPage.tsx')),
    page(paths.products, () => import('./pages/products/ProductsPage.tsx')),
    page(paths.product, () => import('./pages/products/ProductPage.tsx')),
    page(paths.health, () => import('./pages/health/HealthPage.tsx')),
    page(paths.backfills, () => import('./pages/backfill/BackfillsPage.tsx')),
    page(paths.backfill, () => import('./pages/backfill/BackfillPage.tsx')),
    page(paths.settings, () => import('./pages/settings/SettingsPage.tsx')),
    page(paths.settingsSection, () => import('./pages/settings/SettingsPage.tsx')),
  ]),
  outside(paths.signIn, () => import('./pages/sign-in/SignInPage.tsx')),
  outside(paths.setUp, () => import('./pages/sign-in/SetUpPage.tsx')),
]);

export const router = createRouter({
  routeTree,
  parseSearch: parseUrlState,
  stringifySearch: writeUrlState,
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
