import { ApiError } from '../api/ask.ts';

/** The faults that the server named, at the fields they concern: "must be …" after the field's own label. */
export function takeFaults(error: Error): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    error.fields.map(({ path, message }) => [path, message.charAt(0).toUpperCase() + message.slice(1)]),
  );
}
