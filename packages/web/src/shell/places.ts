import {
  IconBroadcast,
  IconBuildingStore,
  IconChartBar,
  IconCode,
  IconColumns,
  IconHeartbeat,
  IconHistory,
  IconHome,
  IconLink,
  IconMail,
  IconPackage,
  IconReceipt,
  IconRoute,
  IconScale,
  IconSettings,
  IconSpeakerphone,
  IconUserPlus,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Session } from '../api/types/people.ts';
import { paths } from '../paths.ts';

const places = [
  { to: paths.overview, label: 'Overview', Icon: IconHome, needs: 'reports:read' },
  { to: paths.leaderboard, label: 'Leaderboard', Icon: IconChartBar, needs: 'reports:read' },
  { to: paths.comparison, label: 'Model comparison', Icon: IconColumns, needs: 'reports:read' },
  { to: paths.customers, label: 'New customers', Icon: IconUserPlus, needs: 'reports:read' },
  { to: paths.campaigns, label: 'Campaigns', Icon: IconSpeakerphone, needs: 'campaigns:read' },
  { to: paths.orders, label: 'Orders', Icon: IconReceipt, needs: 'orders:read' },
  { to: paths.products, label: 'Products', Icon: IconPackage, needs: 'products:read' },
  {
    to: paths.links,
    label: 'Link builder',
    Icon: IconLink,
    needs: 'campaigns:read',
    group: 'Links & visits',
  },
  {
    to: paths.live,
    label: 'Live',
    Icon: IconBroadcast,
    needs: 'visits:read',
    group: 'Links & visits',
  },
  {
    to: paths.compare,
    label: 'Compare',
    Icon: IconScale,
    needs: 'reports:read',
    group: 'Links & visits',
  },
  {
    to: paths.paths,
    label: 'Paths',
    Icon: IconRoute,
    needs: 'reports:read',
    ofTheShop: true,
    group: 'Links & visits',
  },
  {
    to: paths.tracking,
    label: 'Tracking',
    Icon: IconCode,
    needs: 'campaigns:read',
    ofTheShop: true,
    group: 'Links & visits',
  },
  { to: paths.email, label: 'Email', Icon: IconMail, needs: 'emails:read', group: 'Email & partners' },
  {
    to: paths.emailRetailers,
    label: 'Retailers',
    Icon: IconBuildingStore,
    needs: 'emails:read',
    group: 'Email & partners',
  },
  {
    to: paths.partners,
    label: 'Partners',
    Icon: IconUsersGroup,
    needs: 'partners:read',
    group: 'Email & partners',
  },
  { to: paths.health, label: 'Health', Icon: IconHeartbeat, needs: 'reports:read', ofTheShop: true },
  { to: paths.backfills, label: 'Backfill', Icon: IconHistory, needs: 'operations:read' },
  { to: paths.settings, label: 'Settings', Icon: IconSettings, needs: undefined },
] as const;

/** The rooms of the product that somebody may enter; what is about the whole shop is for those who see all of it. */
export function placesFor({ permissions, scope }: Session) {
  return places.filter(
    (place) =>
      (place.needs === undefined || permissions.includes(place.needs)) &&
      (!('ofTheShop' in place) || scope.kind === 'all'),
  );
}

type Place = (typeof places)[number];

/** The place that somebody is in: the nearest above the page, so that `/email/retailers` is not `/email` as well. */
export function placeOf(pathname: string, all: Place[]): Place | undefined {
  return all
    .filter(({ to }) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
    .reduce<Place | undefined>(
      (nearest, place) => (nearest === undefined || place.to.length > nearest.to.length ? place : nearest),
      undefined,
    );
}

/** Places that follow each other and belong together, under one heading. */
export function groupedPlaces(all: Place[]): { group: string | undefined; places: Place[] }[] {
  const groups: { group: string | undefined; places: Place[] }[] = [];
  for (const place of all) {
    const group = 'group' in place ? place.group : undefined;
    const last = groups.at(-1);
    if (last !== undefined && last.group === group) last.places.push(place);
    else groups.push({ group, places: [place] });
  }
  return groups;
}
