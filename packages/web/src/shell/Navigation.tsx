import { Stack, Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { PlaceLink } from '../elements/links.tsx';
import { useSession } from '../session/use-session.ts';
import { groupedPlaces, placeOf, placesFor } from './places.ts';
import classes from './Shell.module.css';

/** The rooms of the product that this person may enter. */
export function Navigation() {
  const session = useSession();
  const { pathname } = useLocation();
  const entered = placesFor(session);
  const current = placeOf(pathname, entered);
  return (
    <Stack component="nav" gap={2} aria-label="Main">
      {groupedPlaces(entered).map(({ group, places }) => (
        <Stack
          key={group ?? places[0]?.to}
          gap={2}
          mb={group === undefined ? 0 : 'xs'}
          {...(group !== undefined && { role: 'group', 'aria-label': group })}
        >
          {group !== undefined && (
            <Text size="xs" c="dimmed" className={classes.group} aria-hidden>
              {group}
            </Text>
          )}
          {places.map(({ to, label, Icon }) => {
            const active = to === current?.to;
            return (
              <PlaceLink
                key={to}
                to={to}
                activeOptions={{ exact: true }}
                label={label}
                leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                active={active}
                aria-current={active ? 'page' : undefined}
                className={classes.link}
              />
            );
          })}
        </Stack>
      ))}
    </Stack>
  );
}
