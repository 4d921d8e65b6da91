import { touchModel } from './touch-model.ts';

/** Everything to the last touch that was no direct arrival; to the last direct one where there is nothing else. */
export const lastNonDirect = touchModel(
  'last_non_direct',
  (path) => {
    const isDirect = path.map(({ touch }) => touch.campaign_id === null && touch.channel === 'direct');
    const found = isDirect.lastIndexOf(false);
    const credited = found === -1 ? path.length - 1 : found;
    return path.map((_, place) => (place === credited ? 1n : 0n));
  },
  { channels: true },
);
