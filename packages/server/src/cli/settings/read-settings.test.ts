import { describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import { readSettings } from './read-settings.ts';
import { variables } from './variables.ts';

function faultsOf(environment: Record<string, string>): Record<string, string> {
  try {
    readSettings(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(TouchstoneError);
    expect(error).toHaveProperty('code', 'configuration');
    return Object.fromEntries((error as TouchstoneError).fields.map(({ path, message }) => [path, message]));
  }
  throw new Error('These settings were accepted.');
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readSettings({})).toEqual({
      port: 4000,
      host: 'localhost',
      databaseUrl: undefined,
      dataDirectory: expect.stringMatching(/\/\.touchstone$/),
      adminKey: undefined,
      timeZone: 'UTC',
      currency: 'EUR',
      attributionEnabled: true,
      countableStatuses: ['confirmed', 'processing', 'delivered', 'completed'],
      models: ['product_full', 'product_split', 'last_touch'],
      visitWindowDays: 30,
      logLevel: 'info',
      corsOrigins: [],
      rateLimitPerMinute: 60_000,
      trustedProxies: [],
      publicUrl: undefined,
      siteKey: undefined,
      ownAddresses: [],
      keepAddresses: false,
      cityDatabase: undefined,
      sendgridPublicKey: undefined,
      mailgunSigningKey: undefined,
      postmarkLogin: undefined,
      snsTopics: [],
      resendSecret: undefined,
      hubspotSecret: undefined,
      hubspotWonStages: ['closedwon'],
    });
  });

  it('is read from the environment, spaces and letter case of zones forgiven', () => {
    expect(
      readSettings({
        PORT: '0',
        HOST: '0.0.0.0',
        DATABASE_URL: 'postgresql://u:p@db/touchstone',
        TOUCHSTONE_DATA_DIR: '/srv/touchstone',
        TOUCHSTONE_ADMIN_KEY: 'a-key',
        TOUCHSTONE_TIME_ZONE: 'asia/kolkata',
        TOUCHSTONE_CURRENCY: 'JPY',
        ATTRIBUTION_ENABLED: 'off',
        ATTRIBUTION_COUNTABLE_STATUSES: 'completed, delivered',
        ATTRIBUTION_MODELS: 'product_split',
        TOUCHSTONE_LOG_LEVEL: 'debug',
        TOUCHSTONE_CORS_ORIGINS: 'https://shop.example, http://localhost:3000',
        TOUCHSTONE_RATE_LIMIT: '0',
        TOUCHSTONE_TRUSTED_PROXIES: '10.0.0.0/8,::1',
        PATH: '/bin',
      }),
    ).toMatchObject({
      port: 0,
      databaseUrl: 'postgresql://u:p@db/touchstone',
      dataDirectory: '/srv/touchstone',
      timeZone: 'asia/kolkata',
      attributionEnabled: false,
      countableStatuses: ['completed', 'delivered'],
      models: ['product_split'],
      corsOrigins: ['https://shop.example', 'http://localhost:3000'],
      rateLimitPerMinute: 0,
      trustedProxies: ['10.0.0.0/8', '::1'],
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readSettings({ PORT: '', TOUCHSTONE_ADMIN_KEY: ' ', DATABASE_URL: '' })).toEqual(readSettings({}));
  });

  it.each([
    ['PORT', '70000', 'must be a whole number from 0 to 65535 (it is "70000"). Example: PORT=8080'],
    ['PORT', '4000a', 'must be a whole number'],
    ['TOUCHSTONE_TIME_ZONE', 'Europe/Berlyn', 'must be the IANA name of a time zone'],
    ['TOUCHSTONE_TIME_ZONE', '+02:00', 'Example: TOUCHSTONE_TIME_ZONE=Europe/Berlin'],
    ['TOUCHSTONE_CURRENCY', 'eur', 'must be an ISO 4217 code in capitals'],
    ['ATTRIBUTION_ENABLED', 'maybe', 'must be true or false'],
    ['ATTRIBUTION_COUNTABLE_STATUSES', 'confirmed,refunded', 'refunded must be one of pending, confirmed'],
    ['ATTRIBUTION_MODELS', 'product_spilt', 'did you mean product_split?'],
    ['TOUCHSTONE_CORS_ORIGINS', 'https://shop.example/', 'must be an origin'],
    ['TOUCHSTONE_TRUSTED_PROXIES', '10.0.0.0/33', 'must be an IP address or a network'],
    ['TOUCHSTONE_LOG_LEVEL', 'loud', 'must be one of silent'],
    ['TOUCHSTONE_ATTRIBUTION', 'x', 'is not a known variable; take it out'],
    ['ATTRIBUTION_MODEL', 'product_full', 'is not a known variable; did you mean ATTRIBUTION_MODELS?'],
    ['TOUCHSTONE_TIMEZONE', 'UTC', 'did you mean TOUCHSTONE_TIME_ZONE?'],
  ])('refuses %s=%s and says why', (name, text, message) => {
    const faults = faultsOf({ [name]: text });
    expect(Object.keys(faults)).toEqual([name]);
    expect(faults[name]).toContain(message);
  });

  it('is told every fault at once', () => {
    expect(Object.keys(faultsOf({ PORT: 'x', TOUCHSTONE_CURRENCY: 'EURO', ATTRIBUTION_X: '1' }))).toEqual([
      'PORT',
      'TOUCHSTONE_CURRENCY',
      'ATTRIBUTION_X',
    ]);
  });

  it('never repeats a secret', () => {
    const faults = faultsOf({ DATABASE_URL: 'mysql://u:hunter2@db', TOUCHSTONE_ADMIN_KEY: 'hunter 2' });
    expect(JSON.stringify(faults)).not.toContain('hunter');
  });

  it('has examples that are themselves accepted', () => {
    for (const { name, example } of variables) {
      if (name !== 'TOUCHSTONE_ADMIN_KEY') expect(() => readSettings({ [name]: example })).not.toThrow();
    }
  });
});
