const longest = 64 * 1024;
const patienceMs = 5_000;

/**
 * Fetches a short text from elsewhere, following no redirect.
 * @throws when it is not there within five seconds, or is longer than 64 KB
 */
export async function fetchText(url: URL): Promise<string> {
  const reply = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  if (!reply.ok) throw new Error(`it answered ${reply.status}`);
  const text = await reply.text();
  if (text.length > longest) throw new Error('its answer is too long');
  return text;
}
