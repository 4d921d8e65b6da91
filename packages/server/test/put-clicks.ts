import { mintId } from '../src/vocabulary/ids.ts';
import type { Api } from './api.ts';

export type PutClick = {
  session: string;
  campaign_id: string | null;
  at: string;
  device?: string;
  country?: string;
  channel?: string;
  excluded?: string;
};

/** Puts visits where their intake puts them, for tests of what is counted rather than of how it is recorded. */
export async function putClicks(api: Api, clicks: PutClick[]): Promise<string[]> {
  const rows = clicks.map(({ session, at, device, channel = 'paid', country, excluded, campaign_id }) => {
    const clicked_at = new Date(at);
    const id = mintId(clicked_at);
    return {
      ...{ session_id: session, id, visit_id: id, clicked_at, received_at: clicked_at, campaign_id, channel },
      ...{ received_via: 'batch' as const, device_type: device ?? null, country: country ?? null },
      excluded: excluded ?? null,
    };
  });
  for (let start = 0; start < rows.length; start += 1_000) {
    await api.db
      .insertInto('clicks')
      .values(rows.slice(start, start + 1_000))
      .execute();
  }
  return rows.map(({ id }) => id);
}
