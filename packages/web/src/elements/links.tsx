import { Anchor, Button, NavLink } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

/** A word that leads to a page of the dashboard. */
export const TextLink = createLink((props: ComponentPropsWithRef<typeof Anchor<'a'>>) => (
  <Anchor {...props} />
));

/** A button that leads to a page of the dashboard. */
export const ButtonLink = createLink((props: ComponentPropsWithRef<typeof Button<'a'>>) => (
  <Button component="a" {...props} />
));

/** A place in the navigation. */
export const PlaceLink = createLink((props: ComponentPropsWithRef<typeof NavLink<'a'>>) => (
  <NavLink {...props} />
));
