/** The configuration of an installation, read once at start by `readSettings` in `cli/`. */
export type Settings = {
  port: number;
  host: string;
  /** A given PostgreSQL; undefined means the private server in `dataDirectory`. */
  databaseUrl: string | undefined;
  dataDirectory: string;
  adminKey: string | undefined;
  timeZone: string;
  currency: string;
  attributionEnabled: boolean;
  /** Order statuses that carry credit. */
  countableStatuses: string[];
  /** The models that are kept, by name. */
  models: string[];
  /** A visit lives this many days after its last activity. */
  visitWindowDays: number;
  logLevel: string;
  /** Web origins whose pages may call the API from a browser. */
  corsOrigins: string[];
  /** Requests a minute that one key may make; a caller without a key has a tenth of it. 0 means no limit. */
  rateLimitPerMinute: number;
  /** Addresses or networks of proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Under which origin others reach the server; undefined: the one they ask by. */
  publicUrl: string | undefined;
  /** A site key that pages may use beside those that are kept. */
  siteKey: string | undefined;
  /** Addresses or networks of the merchant's own people, whose visits are kept apart. */
  ownAddresses: string[];
  /** Keep the addresses of visitors themselves, not only their keyed hash. */
  keepAddresses: boolean;
  /** The file of a city database (MaxMind format); without it only countries are known. */
  cityDatabase: string | undefined;
  /** What providers' webhooks are verified by; without it those of the provider are refused. */
  sendgridPublicKey: string | undefined;
  mailgunSigningKey: string | undefined;
  /** `user:password`. */
  postmarkLogin: string | undefined;
  /** The topics of Amazon SNS whose messages are taken. */
  snsTopics: string[];
  resendSecret: string | undefined;
  hubspotSecret: string | undefined;
  /** The stages in which a deal of HubSpot is won. */
  hubspotWonStages: string[];
};
