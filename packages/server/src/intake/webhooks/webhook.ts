import type { Database } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import type { Settings } from '../../vocabulary/settings.ts';

/** A request as a provider made it; signatures are over its very bytes. */
export type WebhookRequest = {
  method: string;
  /** As the provider called it: `https://track.shop.example/api/v1/webhooks/hubspot`. */
  url: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
};

/** Fetches a text from elsewhere; a test gives its own. */
export type FetchText = (url: URL) => Promise<string>;

export type VerifyContext = {
  settings: Settings;
  now: Date;
  /** Of certificates: what lies at such an address never changes, so it is fetched once. */
  fetchCertificate: FetchText;
};

/** A request that came from its provider. */
export type Verified = {
  /** What makes this delivery one and no other: the same again is a replay. */
  unique: string;
  /** To be called once, to say that we want these deliveries; such a request holds no events. */
  confirm?: URL;
};

/** What became of the events of a delivery. */
export type Processed = {
  events: number;
  recorded: number;
  unchanged: number;
  ignored: number;
  faults: { index: number; message: string }[];
};

export type ProcessContext = { clock: Clock; settings: Settings };

/** One provider's way of telling us things. */
export type Provider = {
  name: string;
  /** @throws unauthenticated for what did not come from the provider, unavailable while no secret is configured */
  verify(request: WebhookRequest, context: VerifyContext): Promise<Verified> | Verified;
  /** Records what a delivery says; safe to repeat. */
  process(db: Database, body: Buffer, context: ProcessContext): Promise<Processed>;
};
