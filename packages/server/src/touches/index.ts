/** The door of the room of touches: what people did with campaigns, kept as it came. */

export {
  type Identification,
  ownerAt,
  readCustomersOfSessions,
  readSessionsOfCustomers,
} from './paths/read-identities.ts';
export { readSessions, type SessionFacts } from './paths/read-sessions.ts';
export { type ClickFact, foldSession, type Visit } from './visits/fold-session.ts';
