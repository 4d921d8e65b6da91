/** The door of the room for what arrives in other people's formats. */
export { importFiles } from './files/import-files.ts';
export { type ImportKind, importKinds } from './files/kinds/import-kinds.ts';
export type { ImportProgress } from './files/run-import.ts';
export type { ImportSummary } from './files/summarise-import.ts';
export { routes } from './routes.ts';
