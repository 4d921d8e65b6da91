/** A device as people call it. */
export function deviceName(device: string | null): string {
  return device === null ? 'Unknown' : capital(device);
}

/** A channel as people call it. */
export function channelName(channel: string | null): string {
  return channel === null ? 'Unknown' : capital(channel.replaceAll('_', ' '));
}

/** Where a visitor arrived: the path of the page, without what its links say. */
export function pageName(landingPage: string | null): string {
  if (landingPage === null) return 'Unknown';
  if (!URL.canParse(landingPage)) return landingPage.split('?')[0] || '/';
  return new URL(landingPage).pathname;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
