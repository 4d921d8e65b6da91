/** The door of the room of touches: what people did with campaigns, kept as it came. */
export { type ClickFact, foldSession, type Visit } from './visits/fold-session.ts';
