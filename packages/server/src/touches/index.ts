/** The door of the room of touches: what people did with campaigns, kept as it came. */

export { countVisitsByCampaign } from './counts/count-visits-by-campaign.ts';
export { readVisitExtent } from './counts/read-visit-extent.ts';
export { claimEvents } from './emails/events/claim-events.ts';
export { type EventInput, eventInput } from './emails/events/event-input.ts';
export { recordEvents } from './emails/events/record-events.ts';
export { followMailLink, readMailLink } from './emails/links/follow-mail-link.ts';
export { countNames, type SendCounts } from './emails/sends/count-send.ts';
export { type EmailTouch, readEmailTouches } from './emails/sends/read-email-touches.ts';
export { readSendOrigins, type SendOrigin } from './emails/sends/read-send-origins.ts';
export { rebuildSums } from './emails/sends/rebuild-sums.ts';
export { recordSends } from './emails/sends/record-sends.ts';
export { sendRowInput } from './emails/sends/send-input.ts';
export { type ActivityName, activityNames } from './emails/sends/sum-activity.ts';
export { findWrongSends, findWrongSums } from './emails/sends/verify-sends.ts';
export { recordIdentityRows } from './identities/identity-row.ts';
export { type NewIdentity, recordIdentities } from './identities/record-identities.ts';
export { withdrawIdentities } from './identities/withdraw-identities.ts';
export { destinationOf, followLink } from './links/follow-link.ts';
export {
  type Identification,
  ownerAt,
  readCustomersOfSessions,
  readSessionsOfCustomers,
} from './paths/read-identities.ts';
export { readSessions, type SessionFacts } from './paths/read-sessions.ts';
export { eraseMails, exportMails } from './persons/mails-of-person.ts';
export { eraseVisits, exportVisits } from './persons/visits-of-person.ts';
export { routes } from './routes.ts';
export { createSiteKey, readSiteKeys } from './site-keys/site-keys.ts';
export { recordVisits } from './visits/batch/record-visits.ts';
export { visitRow } from './visits/batch/visit-row.ts';
export { claimClicks } from './visits/claim-clicks.ts';
export { foldSession } from './visits/fold-session.ts';
export { lookAtLatest } from './visits/live/look-again.ts';
export { forgetArrivedLinks } from './visits/live/record-link-clicks.ts';
