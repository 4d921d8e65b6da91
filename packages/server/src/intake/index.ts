/** The door of the room for what arrives in other people's formats. */
export { eraseArrivals, exportArrivals } from './arrivals-of-person.ts';
export { importFiles } from './files/import-files.ts';
export { type ImportKind, importKinds } from './files/kinds/import-kinds.ts';
export type { ImportProgress } from './files/run-import.ts';
export type { ImportSummary } from './files/summarise-import.ts';
export { routes } from './routes.ts';
export { processDelivery } from './webhooks/process-delivery.ts';
export { providers } from './webhooks/providers.ts';
export { fetchedOnce, takeDelivery } from './webhooks/take-delivery.ts';
export type { FetchText } from './webhooks/webhook.ts';
