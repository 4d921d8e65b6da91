import { keep, recall } from './keep.ts';

/** Where it goes, what it says, and when that was, in milliseconds. */
type Message = [url: string, body: string, at: number];

const dayMs = 864e5;
const minuteMs = 6e4;

/**
 * Sends at once, as text/plain, which needs no leave asked beforehand. What must not be lost waits in the browser while
 * it is blocked, offline or refused for now; a beacon is lighter, but nobody learns what became of it.
 */
export function deliver(url: string, body: string, byBeacon?: boolean): void {
  if (byBeacon && navigator.onLine && navigator.sendBeacon?.(url, body)) return;
  keepWaiting([...waiting(), [url, body, Date.now()]]);
  sendWaiting();
}

/**
 * Sends what waits: with each page, when the browser is online again, and every minute while it fails. A message is
 * taken out while it is under way, since the browser finishes it when the page is gone and the next page must not send
 * it twice. One that the server does not want is dropped, and one of another day, which would count at a wrong time.
 */
export function sendWaiting(): void {
  const messages = waiting();
  keepWaiting([]);
  for (const message of messages) if (message[2] > Date.now() - dayMs) send(message);
}

function send(message: Message): void {
  const [url, body] = message;
  fetch(url, { method: 'POST', body, keepalive: true })
    .then(({ status }) => {
      if (status > 428) throw status;
    })
    .catch(() => {
      keepWaiting([message, ...waiting()]);
      setTimeout(sendWaiting, minuteMs);
    });
}

function waiting(): Message[] {
  return JSON.parse(recall('waiting') || '[]');
}

function keepWaiting(messages: Message[]): void {
  keep('waiting', JSON.stringify(messages.slice(-20)));
}
