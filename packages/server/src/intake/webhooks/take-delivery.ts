import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { conflict, TouchstoneError } from '../../vocabulary/errors.ts';
import { derivedId } from '../../vocabulary/ids.ts';
import type { Settings } from '../../vocabulary/settings.ts';
import type { FetchText, Provider, WebhookRequest } from './webhook.ts';

export type TakeContext = {
  db: Database;
  clock: Clock;
  settings: Settings;
  fetchText: FetchText;
  fetchCertificate: FetchText;
};

/**
 * Takes a delivery: verifies it, stores it as it came and leaves the job that works on it, in one statement. Nothing
 * is answered before it is stored, and nothing is stored that did not come from its provider.
 *
 * @returns the id of the delivery; undefined where it only asked whether we want deliveries
 * @throws unauthenticated
 * @throws conflict for a replay: nothing is done a second time
 */
export async function takeDelivery(
  provider: Provider,
  request: WebhookRequest,
  { db, clock, settings, fetchText, fetchCertificate }: TakeContext,
): Promise<string | undefined> {
  const now = clock.now();
  const { unique, confirm } = await provider.verify(request, { settings, now, fetchCertificate });
  if (confirm !== undefined) {
    await fetchText(confirm).catch((error: Error) => {
      throw new TouchstoneError('unavailable', `The subscription could not be confirmed: ${error.message}.`);
    });
    return undefined;
  }
  const id = derivedId('webhook_delivery', provider.name, unique);
  const { rows } = await sql<{ id: string }>`
    with stored as (
      insert into webhook_deliveries
        (id, provider, received_at, body, status, attempts, events, recorded, unchanged, ignored, faults)
      values (${id}, ${provider.name}, ${now}, ${request.body}, 'waiting', 0, 0, 0, 0, 0, '[]')
      on conflict (id) do nothing
      returning id
    )
    select stored.id, graphile_worker.add_job(
             'process-webhook', payload => json_build_object('delivery_id', stored.id), max_attempts => 8) is null as job
      from stored`.execute(db);
  if (rows.length === 0) {
    throw conflict('This delivery was taken before; nothing was done a second time.');
  }
  return id;
}

/** Fetches each address once; what lies there never changes. Holds the last few. */
export function fetchedOnce(fetchText: FetchText, most = 16): FetchText {
  const held = new Map<string, string>();
  return async (url) => {
    const known = held.get(url.href);
    if (known !== undefined) return known;
    const text = await fetchText(url).catch((error: Error) => {
      throw new TouchstoneError('unavailable', `${url.host} could not be asked: ${error.message}.`);
    });
    if (held.size >= most) held.delete(held.keys().next().value!);
    held.set(url.href, text);
    return text;
  };
}
