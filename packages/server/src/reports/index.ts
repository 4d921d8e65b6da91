/** The door of the room that answers questions: it reads what other rooms recorded and summed, and writes nothing. */
export { type ExportKind, exportKinds, exportRows } from './export/export-rows.ts';
export { readExportSpan } from './export/read-export-span.ts';
export { routes } from './routes.ts';
