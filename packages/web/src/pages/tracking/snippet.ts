/** The line that goes into every page of a shop. */
export function snippetOf(server: string, siteKey: string, asksConsent: boolean): string {
  const consent = asksConsent ? ' data-consent="required"' : '';
  return `<script defer src="${server}/t.js" data-key="${siteKey}"${consent}></script>`;
}

/** What a consent banner adds. */
export const consentCode = 'touchstone.consent(true); // or false: what the visitor answered';

/** What a checkout adds. */
export const checkoutCode = `// With the order, to your server and on to POST /api/v1/orders as session_id:
const session_id = window.touchstone?.session();

// Once you know who it is, by your own id of the customer:
window.touchstone?.identify('customer-42');`;
