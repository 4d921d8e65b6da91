import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';

const api = await startApi();

test.each(['sendgrid', 'mailgun', 'postmark', 'ses', 'resend', 'hubspot'])(
  'webhooks of %s are refused while their secret is not configured, and say which it is',
  async (name) => {
    const reply = await api.ask('POST', `/webhooks/${name}`, '{}', { authorization: '' });
    expect(reply.status).toBe(503);
    expect(reply.body.error.message).toMatch(/set [A-Z_]{10,}\.$/);
  },
);
