import Bowser from 'bowser';
import { isbot } from 'isbot';

/** What a user agent says of its device; null where it does not say. */
export type Agent = {
  device_type: 'mobile' | 'tablet' | 'desktop' | 'bot' | null;
  browser: string | null;
  os: string | null;
};

/** Reads a user agent. How often it errs, over lists of real ones, is stated in docs/visits.md. */
export function recogniseAgent(userAgent: string): Agent {
  if (userAgent === '') return { device_type: null, browser: null, os: null };
  const { platform, browser, os } = Bowser.parse(userAgent);
  const device_type =
    isbot(userAgent) || platform.type === 'bot' ? 'bot' : (deviceTypes[platform.type ?? ''] ?? null);
  return { device_type, browser: browser.name ?? null, os: os.name ?? null };
}

// A television is looked at from across the room, with a large screen and no touch.
const deviceTypes: Record<string, Agent['device_type']> = {
  mobile: 'mobile',
  tablet: 'tablet',
  desktop: 'desktop',
  tv: 'desktop',
};
