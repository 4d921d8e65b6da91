import { keptVersions, models } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import type { Settings } from '../../vocabulary/settings.ts';

export type InstallationView = {
  time_zone: string;
  currency: string;
  attribution_enabled: boolean;
  countable_statuses: string[];
  /** The versions that settlement keeps. */
  models: { model: string; version: number; status: string; additive: boolean }[];
  /** The configuration by its variables, without secrets; empty for those who do not run the installation. */
  settings: { name: string; value: string }[];
};

/** How this installation is set up: what a client needs to ask sensible questions, and what its operator has set. */
export async function showInstallation(
  db: Database,
  settings: Settings,
  { operator }: { operator: boolean },
): Promise<InstallationView> {
  const versions = await keptVersions(db);
  return {
    time_zone: settings.timeZone,
    currency: settings.currency,
    attribution_enabled: settings.attributionEnabled,
    countable_statuses: settings.countableStatuses,
    models: versions.map(({ model, version, status }) => ({
      model,
      version,
      status,
      additive: models.get(model)?.conserving ?? true,
    })),
    settings: operator ? shown(settings) : [],
  };
}

function shown(settings: Settings): { name: string; value: string }[] {
  const listed = (values: string[]) => values.join(', ');
  const hidden = (secret: string | undefined) => (secret === undefined ? '' : 'set, and not shown');
  return Object.entries({
    HOST: settings.host,
    PORT: String(settings.port),
    DATABASE_URL: settings.databaseUrl === undefined ? '' : 'a given PostgreSQL',
    TOUCHSTONE_DATA_DIR: settings.databaseUrl === undefined ? settings.dataDirectory : '',
    TOUCHSTONE_ADMIN_KEY: hidden(settings.adminKey),
    TOUCHSTONE_TIME_ZONE: settings.timeZone,
    TOUCHSTONE_CURRENCY: settings.currency,
    ATTRIBUTION_ENABLED: String(settings.attributionEnabled),
    ATTRIBUTION_COUNTABLE_STATUSES: listed(settings.countableStatuses),
    ATTRIBUTION_MODELS: listed(settings.models),
    TOUCHSTONE_LOG_LEVEL: settings.logLevel,
    TOUCHSTONE_CORS_ORIGINS: listed(settings.corsOrigins),
    TOUCHSTONE_RATE_LIMIT: String(settings.rateLimitPerMinute),
    TOUCHSTONE_TRUSTED_PROXIES: listed(settings.trustedProxies),
    TOUCHSTONE_PUBLIC_URL: settings.publicUrl ?? '',
    TOUCHSTONE_SITE_KEY: settings.siteKey ?? '',
    TOUCHSTONE_OWN_ADDRESSES: listed(settings.ownAddresses),
    TOUCHSTONE_KEEP_ADDRESSES: String(settings.keepAddresses),
    TOUCHSTONE_CITY_DATABASE: settings.cityDatabase ?? '',
    SENDGRID_WEBHOOK_PUBLIC_KEY: hidden(settings.sendgridPublicKey),
    MAILGUN_WEBHOOK_SIGNING_KEY: hidden(settings.mailgunSigningKey),
    POSTMARK_WEBHOOK_LOGIN: hidden(settings.postmarkLogin),
    SNS_TOPIC_ARNS: listed(settings.snsTopics),
    RESEND_WEBHOOK_SECRET: hidden(settings.resendSecret),
    HUBSPOT_CLIENT_SECRET: hidden(settings.hubspotSecret),
    HUBSPOT_WON_STAGES: listed(settings.hubspotWonStages),
  }).map(([name, value]) => ({ name, value }));
}
