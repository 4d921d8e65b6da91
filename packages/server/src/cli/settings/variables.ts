import { resolve } from 'node:path';
import { models } from '../../attribution/index.ts';
import { currencyDecimals } from '../../vocabulary/money.ts';
import type { Settings } from '../../vocabulary/settings.ts';
import { timeZoneNamed } from '../../vocabulary/time-zone.ts';
import {
  flag,
  isNetwork,
  isWebOrigin,
  list,
  numberBetween,
  oneOf,
  type Reader,
  textThat,
} from './value-readers.ts';

/** One environment variable: what it sets, its default as text, and how its text is read. */
export type Variable<Key extends keyof Settings = keyof Settings> = {
  name: string;
  sets: Key;
  meaning: string;
  /** Taken when the variable is absent or empty; undefined leaves the setting unset. */
  fallback: string | undefined;
  example: string;
  read: Reader<Settings[Key]>;
};

/** Every variable the product reads, in the order a newcomer wants to know them. */
export const variables: Variable[] = [
  variable('PORT', 'port', {
    meaning: 'The port the server listens on; 0 takes any that is free',
    fallback: '4000',
    example: '8080',
    read: numberBetween(0, 65_535),
  }),
  variable('HOST', 'host', {
    meaning: 'The address the server listens on; 0.0.0.0 opens it to other machines, as a container needs',
    fallback: 'localhost',
    example: '0.0.0.0',
    read: textThat(/^[\w.:%-]+$/, 'a host name or an address'),
  }),
  variable('DATABASE_URL', 'databaseUrl', {
    meaning: 'A PostgreSQL 15 or newer to use in place of the private one',
    fallback: undefined,
    example: 'postgres://user:password@db.example:5432/touchstone',
    read: (text) =>
      /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
        ? { value: text }
        : { fault: 'must be an address that begins with postgres:// or postgresql://', secret: true },
  }),
  variable('TOUCHSTONE_DATA_DIR', 'dataDirectory', {
    meaning: 'The folder of the private PostgreSQL, made when it is not there',
    fallback: '.touchstone',
    example: '/var/lib/touchstone',
    read: (text) => ({ value: resolve(text) }),
  }),
  variable('TOUCHSTONE_ADMIN_KEY', 'adminKey', {
    meaning: 'An API key that may do everything, for automation',
    fallback: undefined,
    example: '32 random characters or more, such as the output of openssl rand -hex 32',
    read: (text) =>
      /^[\x21-\x7e]+$/.test(text)
        ? { value: text }
        : { fault: 'must be visible ASCII characters without spaces, to stand in a header', secret: true },
  }),
  variable('TOUCHSTONE_TIME_ZONE', 'timeZone', {
    meaning: 'The zone whose days reports count in, by its IANA name',
    fallback: 'UTC',
    example: 'Europe/Berlin',
    read: (text) => known(timeZoneNamed(text), 'must be the IANA name of a time zone'),
  }),
  variable('TOUCHSTONE_CURRENCY', 'currency', {
    meaning: 'The currency reports show unless asked for another',
    fallback: 'EUR',
    example: 'USD',
    read: (text) =>
      known(currencyDecimals(text) === undefined ? undefined : text, 'must be an ISO 4217 code in capitals'),
  }),
  variable('ATTRIBUTION_ENABLED', 'attributionEnabled', {
    meaning:
      'Whether orders are settled by themselves; while it is off they wait, nothing is lost, and backfills work',
    fallback: 'true',
    example: 'false',
    read: flag,
  }),
  variable('ATTRIBUTION_COUNTABLE_STATUSES', 'countableStatuses', {
    meaning: 'The order statuses that carry credit',
    fallback: 'confirmed,processing,delivered,completed',
    example: 'confirmed,processing,delivered,completed',
    // Cancelled and refunded amounts are never revenue.
    read: list(oneOf(['pending', 'confirmed', 'processing', 'delivered', 'completed'])),
  }),
  variable('ATTRIBUTION_MODELS', 'models', {
    meaning: 'The attribution models that are kept',
    fallback: 'product_full,product_split,last_touch',
    example: 'product_split',
    read: list(oneOf([...models.keys()])),
  }),
  variable('VISIT_WINDOW_DAYS', 'visitWindowDays', {
    meaning: 'How many days a visit lives after its last activity, and can be credited',
    fallback: '30',
    example: '14',
    read: numberBetween(1, 365),
  }),
  variable('TOUCHSTONE_LOG_LEVEL', 'logLevel', {
    meaning: 'How much is logged',
    fallback: 'info',
    example: 'warn',
    read: oneOf(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']),
  }),
  variable('TOUCHSTONE_CORS_ORIGINS', 'corsOrigins', {
    meaning: 'The web origins whose pages may call the API from a browser',
    fallback: '',
    example: 'https://shop.example,https://www.shop.example',
    read: list(isWebOrigin),
  }),
  variable('TOUCHSTONE_RATE_LIMIT', 'rateLimitPerMinute', {
    meaning: 'Requests a minute that one key may make; a caller without one has a tenth; 0 means no limit',
    fallback: '60000',
    example: '6000',
    read: numberBetween(0, 10_000_000),
  }),
  variable('TOUCHSTONE_TRUSTED_PROXIES', 'trustedProxies', {
    meaning: 'The addresses or networks of proxies whose X-Forwarded-For is believed',
    fallback: '',
    example: '127.0.0.1,10.0.0.0/8',
    read: list(isNetwork),
  }),
  variable('TOUCHSTONE_PUBLIC_URL', 'publicUrl', {
    meaning:
      'The origin under which others reach the server, for short links; by default the one they ask by',
    fallback: undefined,
    example: 'https://track.shop.example',
    read: isWebOrigin,
  }),
  variable('TOUCHSTONE_SITE_KEY', 'siteKey', {
    meaning:
      'A public key for the pages of the shop, which send visits with it; more are made in the product',
    fallback: undefined,
    example: 'tss_my-shop',
    read: textThat(/^[\w-]{8,100}$/, '8 to 100 letters, digits, - and _'),
  }),
  variable('TOUCHSTONE_OWN_ADDRESSES', 'ownAddresses', {
    meaning: 'Addresses or networks of your own people: their visits are kept, marked and never credited',
    fallback: '',
    example: '203.0.113.7,2001:db8:7::/48',
    read: list(isNetwork),
  }),
  variable('TOUCHSTONE_KEEP_ADDRESSES', 'keepAddresses', {
    meaning: "Whether visitors' addresses are kept themselves, and not only as a keyed hash",
    fallback: 'false',
    example: 'true',
    read: flag,
  }),
  variable('TOUCHSTONE_CITY_DATABASE', 'cityDatabase', {
    meaning: 'The file of a city database in MaxMind format (.mmdb); without one only countries are known',
    fallback: undefined,
    example: '/var/lib/touchstone/city.mmdb',
    read: (text) => ({ value: resolve(text) }),
  }),
  variable('SENDGRID_WEBHOOK_PUBLIC_KEY', 'sendgridPublicKey', {
    meaning: "The verification key of SendGrid's Event Webhook",
    fallback: undefined,
    example:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
    read: secret(/^[A-Za-z0-9+/=]{80,400}$/, 'the key as SendGrid shows it, in base64'),
  }),
  variable('MAILGUN_WEBHOOK_SIGNING_KEY', 'mailgunSigningKey', {
    meaning: 'The HTTP webhook signing key of Mailgun',
    fallback: undefined,
    example: 'key-0123456789abcdef0123456789abcdef',
    read: secret(/^\S{16,200}$/, '16 characters or more without spaces'),
  }),
  variable('POSTMARK_WEBHOOK_LOGIN', 'postmarkLogin', {
    meaning: 'User and password that stand in the address Postmark is given',
    fallback: undefined,
    example: 'postmark:a-long-password',
    read: secret(/^[^:\s]+:\S{12,200}$/, 'user:password, the password of 12 characters or more'),
  }),
  variable('SNS_TOPIC_ARNS', 'snsTopics', {
    meaning: 'The topics of Amazon SNS to which SES tells its events',
    fallback: '',
    example: 'arn:aws:sns:eu-west-1:123456789012:ses-events',
    read: list(textThat(/^arn:aws[\w-]*:sns:[\w-]+:\d+:[\w.-]+$/, 'ARNs of topics')),
  }),
  variable('RESEND_WEBHOOK_SECRET', 'resendSecret', {
    meaning: 'The signing secret of a webhook of Resend',
    fallback: undefined,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    read: secret(/^(whsec_)?[A-Za-z0-9+/=]{16,200}$/, 'the secret as Resend shows it'),
  }),
  variable('HUBSPOT_CLIENT_SECRET', 'hubspotSecret', {
    meaning: 'The client secret of the HubSpot app whose webhooks tell of deals',
    fallback: undefined,
    example: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
    read: secret(/^\S{16,200}$/, '16 characters or more without spaces'),
  }),
  variable('HUBSPOT_WON_STAGES', 'hubspotWonStages', {
    meaning: 'The stages of deals in which they are won, by their internal names',
    fallback: 'closedwon',
    example: 'closedwon,1234567',
    read: list(textThat(/^[\w-]{1,100}$/, 'internal names of stages')),
  }),
];

function variable<Key extends keyof Settings>(
  name: string,
  sets: Key,
  rest: Omit<Variable<Key>, 'name' | 'sets'>,
): Variable {
  return { name, sets, ...rest };
}

/** A text that a fault does not repeat. */
function secret(pattern: RegExp, is: string): Reader<string> {
  return (text) => (pattern.test(text) ? { value: text } : { fault: `must be ${is}`, secret: true });
}

function known<Value>(value: Value | undefined, fault: string) {
  return value === undefined ? { fault } : { value };
}
