/** The door of the room that keeps credit: an append-only ledger, compared with what should be, and read. */
export { type CreditDifference, compareCredits, type PostedCredit } from './compare-credits.ts';
export { type CreditEntry, entryColumns, entryShape, selectEntries, showEntry } from './credit-entry.ts';
export { explainCredits, type OrderExplanation } from './explain-credits.ts';
export { postCredits } from './post-credits.ts';
export { readPosted } from './read-posted.ts';
export { candidateShape, routes, shareShape } from './routes.ts';
