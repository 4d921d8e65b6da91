import { isArrival, readArrival } from './arrival.ts';
import { deliver, sendWaiting } from './deliver.ts';
import { noteLeaving } from './inside.ts';
import { keep, recall } from './keep.ts';
import { session } from './session.ts';

declare global {
  interface Window {
    touchstone?: Touchstone;
  }
  interface Navigator {
    globalPrivacyControl?: boolean;
  }
  interface Document {
    prerendering?: boolean;
  }
}

/** What a shop's own scripts may call; none of it throws. */
type Touchstone = {
  /** The id to send with an order; null where nothing may be kept of the visitor. */
  session(): string | null | undefined;
  /** Says who the visitor is, by the shop's own id of the customer. */
  identify(customerId: string | number): void;
  /** Takes the visitor's answer and keeps it; false forgets the session. */
  consent(given: boolean): void;
};

// Included twice, it counts once.
if (!window.touchstone?.identify) safe(track)();

function track(): void {
  const script = document.currentScript as HTMLScriptElement;
  const { key, api, consent } = script.dataset;
  const address = new URL(location.href);
  const given = takeOut('ts_session');
  const own = takeOut('touchstone');
  // A copied address must not carry the session to somebody else.
  if (given || own) history.replaceState(history.state, '', address);
  if (own) keep('own', own);

  /** The page that was last looked at; '' before the first that counts. */
  let seen = '';

  /** Begins to count, once. Who came by a short link says by which click: it is counted, and becomes this session's. */
  const arrive = safe(() => {
    if (seen || !isAllowed()) return;
    const arrival = readArrival(address, document.referrer);
    const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (!given && ((load && load.type !== 'navigate') || !isArrival(arrival))) {
      seen = 'none';
      view();
    } else {
      seen = location.href;
      say('track-visit', { ...arrival, ts_session: given || undefined, own: recall('own') === 'off' });
    }
  });

  /** The site's own script put another page in place of the first. */
  const view = safe(() => {
    if (!seen || seen === location.href || !isAllowed()) return;
    seen = location.href;
    sendWaiting();
    say('update-activity', {}, true);
  });

  window.touchstone = {
    session: safe(() => (isAllowed() ? session() : null)),
    identify: safe((customerId) => {
      const known = isAllowed() && `${session()} ${customerId}`;
      if (!known || known === recall('known')) return;
      keep('known', known);
      say('identify', { customer_id: `${customerId}` });
    }),
    consent: safe((yes) => {
      keep('consent', yes);
      if (yes) return arrive();
      seen = '';
      for (const name of ['session', 'known', 'waiting', 'inside']) keep(name, '');
    }),
  };
  for (const change of ['pushState', 'replaceState'] as const) {
    const original = history[change];
    history[change] = function (...args) {
      original.apply(this, args);
      view();
    };
  }
  addEventListener('popstate', view);
  addEventListener('online', safe(sendWaiting));
  window.navigation?.addEventListener(
    'navigate',
    safe(({ destination }) => seen && noteLeaving(destination.url)),
  );
  // A page that is only being prepared may never be looked at.
  if (document.prerendering) document.addEventListener('prerenderingchange', arrive);
  else arrive();

  function takeOut(name: string): string | null {
    const value = address.searchParams.get(name);
    if (value) address.searchParams.delete(name);
    return value;
  }

  /** The visitor's answer holds; until there is one, the site says whether it needs one. */
  function isAllowed(): boolean {
    const answer = recall('consent') || `${consent !== 'required'}`;
    return answer === 'true' && !navigator.globalPrivacyControl;
  }

  function say(what: string, fields: object, byBeacon?: boolean): void {
    const url = new URL(`/api/v1/campaigns/${what}`, api || script.src).href;
    deliver(url, JSON.stringify({ session_id: session(), key, ...fields }), byBeacon);
  }
}

/** Whatever goes wrong in it, the page that includes us goes on. */
function safe<Given extends unknown[], Answer>(act: (...given: Given) => Answer) {
  return (...given: Given): Answer | undefined => {
    try {
      return act(...given);
    } catch {}
  };
}
