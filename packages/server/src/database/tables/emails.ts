import type { Once } from './column-types.ts';

/** Mailings, and what became of each. */
export interface EmailTables {
  email_campaigns: {
    id: Once<string>;
    campaign_id: Once<string>;
    external_id: string | null;
    subject: string;
    content: string | null;
    sender_email: string;
    sender_name: string | null;
    sent_at: Date | null;
    recipients: number | null;
    created_by: Once<string>;
    created_at: Once<Date>;
    updated_at: Date;
  };
  email_sends: {
    recipient_hash: Once<Buffer>;
    id: Once<string>;
    email_campaign_id: Once<string>;
    partner_id: string | null;
    recipient_email: string | null;
    recipient_name: string | null;
    told_sent_at: Date | null;
    provider: string | null;
    message_id: string | null;
    created_at: Once<Date>;
    sent_at: Date;
    status: string;
    delivered_at: Date | null;
    last_delivered_at: Date | null;
    opened_at: Date | null;
    last_opened_at: Date | null;
    clicked_at: Date | null;
    last_clicked_at: Date | null;
    machine_opened_at: Date | null;
    last_machine_opened_at: Date | null;
    machine_clicked_at: Date | null;
    last_machine_clicked_at: Date | null;
    bounced_at: Date | null;
    last_bounced_at: Date | null;
    failed_at: Date | null;
    last_failed_at: Date | null;
    failure_reason: string | null;
    complained_at: Date | null;
    last_complained_at: Date | null;
    unsubscribed_at: Date | null;
    last_unsubscribed_at: Date | null;
  };
  email_events: {
    recipient_hash: Once<Buffer>;
    id: Once<string>;
    send_id: string | null;
    kind: Once<string>;
    occurred_at: Once<Date>;
    provider: Once<string>;
    message_id: Once<string | null>;
    url: Once<string | null>;
    user_agent: Once<string | null>;
    flagged: Once<boolean>;
    machine: string | null;
    reason: Once<string | null>;
    received_at: Once<Date>;
  };
  email_activity: {
    email_campaign_id: string;
    bucket: Date;
    sent: bigint;
    delivered: bigint;
    opened: bigint;
    clicked: bigint;
    bounced: bigint;
    unsubscribed: bigint;
  };
  erased_people: {
    email_hash: Once<Buffer>;
    erased_at: Once<Date>;
  };
}
