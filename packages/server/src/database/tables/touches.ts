import type { ColumnType } from 'kysely';
import type { Json, Once } from './column-types.ts';

/** What visitors did, and what they are taken in with. */
export interface TouchTables {
  clicks: {
    session_id: Once<string>;
    id: Once<string>;
    clicked_at: Once<Date>;
    visit_id: string;
    campaign_id: string | null;
    tracking_code: Once<string | null>;
    channel: Once<string>;
    received_via: Once<'tracker' | 'link' | 'batch'>;
    excluded: string | null;
    landing_page: Once<string | null>;
    referrer: Once<string | null>;
    utm: Json;
    click_ids: Json;
    device_type: Once<string | null>;
    browser: Once<string | null>;
    os: Once<string | null>;
    country: Once<string | null>;
    city: Once<string | null>;
    address_hash: Once<Buffer | null>;
    address: Once<string | null>;
    user_agent: Once<string | null>;
    received_at: Once<Date>;
    counted: ColumnType<boolean, never, never>;
  };
  session_activities: {
    session_id: Once<string>;
    active_at: Once<Date>;
  };
  session_customers: {
    session_id: Once<string>;
    identified_at: Once<Date>;
    customer_id: Once<string>;
  };
  customer_sessions: {
    customer_id: Once<string>;
    identified_at: Once<Date>;
    session_id: Once<string>;
  };
  arrived_links: {
    link_session: Once<string>;
    arrived_at: Once<Date>;
  };
  site_keys: {
    id: Once<string>;
    key: Once<string>;
    name: Once<string>;
    created_by: Once<string>;
    created_at: Once<Date>;
    revoked_at: Date | null;
  };
  installation_secrets: {
    name: Once<string>;
    secret: Once<Buffer>;
  };
  utm_templates: {
    id: Once<string>;
    name: string;
    utm_source: string | null;
    utm_medium: string | null;
    utm_content: string | null;
    utm_term: string | null;
    created_by: Once<string>;
    updated_by: string;
    created_at: Once<Date>;
    updated_at: Date;
  };
}
