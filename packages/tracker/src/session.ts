import { keep, recall } from './keep.ts';

/** The id of this browser on this site; made when it is first asked for. */
export function session(): string {
  return recall('session') || keep('session', newId());
}

// A page without TLS has no randomUUID; the address of a blob ends in a random id everywhere.
function newId(): string {
  return crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36);
}
