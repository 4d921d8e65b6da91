import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must } from '../../../test/shop.ts';
import { certificate, certificateKey } from '../../../test/sns-certificate.ts';
import { signatureV1, signatureV2, signatureV3 } from '../hubspot/verify-hubspot.ts';
import { canonicalForm, type SnsMessage } from '../ses/verify-sns.ts';

const now = '2027-02-01T12:00:00Z';
const seconds = String(Date.parse(now) / 1000);
const sendgridKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const mailgunKey = 'key-0123456789abcdef';
const resendSecret = `whsec_${Buffer.from('the secret of a test of ours').toString('base64')}`;
const hubspotSecret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const topic = 'arn:aws:sns:eu-west-1:123456789012:ses-events';
const certificateUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-test.pem';
const fetched: string[] = [];

const api = await startApi({
  now,
  settings: {
    publicUrl: 'https://track.shop.example',
    sendgridPublicKey: sendgridKeys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    mailgunSigningKey: mailgunKey,
    postmarkLogin: 'postmark:a-long-password',
    snsTopics: [topic],
    resendSecret,
    hubspotSecret,
  },
  fetchText: async (url) => {
    fetched.push(url.href);
    return url.href === certificateUrl ? certificate : 'confirmed';
  },
});

type Delivery = { name: string; body: string; headers: Record<string, string> };

function deliver({ name, body, headers }: Delivery) {
  return api.ask('POST', `/webhooks/${name}`, body, {
    authorization: '',
    'content-type': 'text/plain',
    ...headers,
  });
}

const campaign = must(await api.post('/campaigns', { name: 'Hooks', platform: 'email' }), 201).data.id;

async function mailing(external_id: string): Promise<string> {
  const body = { subject: 'News', sender_email: 'brand@example.com', external_id };
  return must(await api.post(`/campaigns/${campaign}/email-campaigns`, body), 201).data.id;
}

async function send(mailingId: string, recipient_email: string, message_id: string) {
  const items = [{ recipient_email, message_id, sent_at: now }];
  must(await api.post(`/email-campaigns/${mailingId}/sends/batch`, { items }), 200);
}

/** `sent delivered opened clicked machine_opened bounced complained unsubscribed` of a mailing. */
async function counts(mailingId: string): Promise<string> {
  await api.settle();
  const { data } = must(await api.get(`/email-campaigns/${mailingId}`), 200);
  return ['sent', 'delivered', 'opened', 'clicked', 'machine_opened', 'bounced', 'complained', 'unsubscribed']
    .map((name) => data[name])
    .join(' ');
}

function ofSendgrid(events: unknown, timestamp = seconds): Delivery {
  const body = JSON.stringify(events);
  const signature = createSign('sha256')
    .update(timestamp)
    .update(body)
    .sign(sendgridKeys.privateKey, 'base64');
  const prefix = 'x-twilio-email-event-webhook';
  return {
    name: 'sendgrid',
    body,
    headers: { [`${prefix}-signature`]: signature, [`${prefix}-timestamp`]: timestamp },
  };
}

let tokens = 0;
function ofMailgun(event: Record<string, unknown>, timestamp = seconds): Delivery {
  const token = `token-${++tokens}`;
  const signature = createHmac('sha256', mailgunKey)
    .update(timestamp + token)
    .digest('hex');
  return {
    name: 'mailgun',
    body: JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': event }),
    headers: {},
  };
}

function ofPostmark(event: Record<string, unknown>, login = 'postmark:a-long-password'): Delivery {
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  return { name: 'postmark', body: JSON.stringify(event), headers: { authorization } };
}

function ofResend(event: Record<string, unknown>, id: string, timestamp = seconds): Delivery {
  const body = JSON.stringify(event);
  const key = Buffer.from(resendSecret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    name: 'resend',
    body,
    headers: { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` },
  };
}

function ofSns(fields: SnsMessage): Delivery {
  const message: SnsMessage = {
    Type: 'Notification',
    TopicArn: topic,
    Timestamp: '2027-02-01T11:59:00.000Z',
    SignatureVersion: '2',
    SigningCertURL: certificateUrl,
    ...fields,
  };
  const algorithm = message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  const Signature = createSign(algorithm).update(canonicalForm(message)).sign(certificateKey, 'base64');
  return { name: 'ses', body: JSON.stringify({ ...message, Signature }), headers: {} };
}

function ofHubspot(
  events: unknown,
  version: 'v1' | 'v2' | 'v3' = 'v3',
  timestamp = String(Date.parse(now)),
): Delivery {
  const body = JSON.stringify(events);
  const request = {
    method: 'POST',
    url: 'https://track.shop.example/api/v1/webhooks/hubspot',
    body: Buffer.from(body),
  };
  const headers: Record<string, string> =
    version === 'v3'
      ? {
          'x-hubspot-signature-v3': signatureV3(hubspotSecret, request, timestamp),
          'x-hubspot-request-timestamp': timestamp,
        }
      : {
          'x-hubspot-signature':
            version === 'v1' ? signatureV1(hubspotSecret, request.body) : signatureV2(hubspotSecret, request),
          'x-hubspot-signature-version': version,
        };
  return { name: 'hubspot', body, headers };
}

const at = (second: number) => Date.parse(now) / 1000 - 86_400 + second;
const iso = (second: number) => new Date(at(second) * 1000).toISOString();

describe('SendGrid tells', () => {
  const event = (kind: string, second: number, more: Record<string, unknown> = {}) => ({
    event: kind,
    email: 'sg@example.com',
    timestamp: at(second),
    sg_event_id: `${kind}-${second}`,
    sg_message_id: 'sg-1.filter0465p1mdw1.8054.5718271B40.0',
    ...more,
  });

  it('what became of a mail, a click before its delivery and events twice', async () => {
    const id = await mailing('sg');
    await send(id, 'sg@example.com', 'sg-1');
    const events = [
      event('click', 300, { url: 'https://shop.example' }),
      event('open', 200, { sg_machine_open: true }),
      event('delivered', 5),
      event('group_resubscribe', 6),
    ];
    must(await deliver(ofSendgrid(events)), 200);
    must(await deliver(ofSendgrid([...events].reverse())), 200);
    expect(await counts(id)).toBe('1 1 0 1 1 0 0 0');
    const { data } = must(await api.get('/webhook-deliveries?provider=sendgrid&limit=1'), 200);
    expect(data[0]).toMatchObject({
      status: 'processed',
      events: 4,
      ignored: 1,
      faults: [],
    });
  });

  it('of a mailing by a custom argument, and one bad event holds up no good one', async () => {
    const id = await mailing('sg-by-name');
    const named = { email_campaign: 'sg-by-name', sg_message_id: undefined };
    const events = [
      event('delivered', 10, named),
      { ...event('open', 90, named), timestamp: 'yesterday' },
      'what is this',
      event('open', 95, { ...named, email: undefined }),
      event('open', 96, { ...named, email_campaign: 'no-such' }),
      event('open', 99, named),
    ];
    const { data } = must(await deliver(ofSendgrid(events)), 200);
    expect(await counts(id)).toBe('1 1 1 0 0 0 0 0');
    const delivery = must(await api.get(`/webhook-deliveries/${data.id}`), 200).data;
    expect(delivery).toMatchObject({
      status: 'processed',
      events: 6,
      recorded: 2,
      body: JSON.stringify(events),
    });
    expect(delivery.faults.map(({ index }: { index: number }) => index)).toEqual([1, 2, 3, 4]);

    await mailing('no-such');
    must(await api.post(`/webhook-deliveries/${data.id}/retry`), 202);
    expect((await api.post(`/webhook-deliveries/${data.id}/retry`)).status).toBe(409);
    await api.settle();
    const again = must(await api.get(`/webhook-deliveries/${data.id}`), 200).data;
    expect(again).toMatchObject({ attempts: 2, recorded: 1, unchanged: 2 });
    expect(again.faults).toHaveLength(3);
  });
});

describe('an event', () => {
  it('is kept, however long what is told beside it', async () => {
    const id = await mailing('long');
    const of = { email: 'long@example.com', email_campaign: 'long' };
    const events = [
      {
        ...of,
        ...{ event: 'click', timestamp: at(100), sg_event_id: 'long-click' },
        url: `https://shop.example/?q=${'x'.repeat(5_000)}`,
        useragent: `Mozilla/5.0 (Windows NT 10.0) ${'y'.repeat(3_000)}`,
      },
      {
        ...{ email: 'gone@example.com', email_campaign: 'long' },
        ...{ event: 'bounce', timestamp: at(1), sg_event_id: 'long-bounce' },
        reason: `5.5.0 \0 ${'\u{1f600}'.repeat(1_500)}`,
      },
    ];
    must(await deliver(ofSendgrid(events)), 200);
    expect(await counts(id)).toBe('2 1 0 1 0 1 0 0');
  });
});

describe('Mailgun tells', () => {
  it('what became of a mail', async () => {
    const id = await mailing('mg');
    const event = (kind: string, second: number, more: Record<string, unknown> = {}) => ({
      event: kind,
      id: `mg-${kind}-${second}`,
      timestamp: at(second) + 0.153125,
      recipient: 'mg@example.com',
      message: { headers: { 'message-id': '20180812211713.1.DF5966851B4BAA99@example.org' } },
      'user-variables': { email_campaign: 'mg' },
      ...more,
    });
    for (const each of [
      event('opened', 100, { 'client-info': { bot: 'apple', 'user-agent': 'Mozilla/5.0' } }),
      event('delivered', 3),
      event('failed', 1, {
        severity: 'temporary',
        'delivery-status': { message: 'No MX for nomx.example.com' },
      }),
      event('unsubscribed', 400),
    ]) {
      must(await deliver(ofMailgun(each)), 200);
    }
    expect(await counts(id)).toBe('1 1 0 0 1 0 0 1');
  });
});

describe('Postmark tells', () => {
  it('what became of a mail', async () => {
    const id = await mailing('pm');
    const of = { MessageID: '2706ee8a-737c-4285-b032-ccd317af53ed', Metadata: { email_campaign: 'pm' } };
    for (const each of [
      {
        RecordType: 'Open',
        ReceivedAt: '2027-01-31T16:21:41.2493688-04:00',
        Recipient: 'pm@example.com',
        UserAgent: 'Mozilla/5.0 (X11; rv:102.0) Gecko/20100101 Thunderbird/102.3',
      },
      {
        RecordType: 'SpamComplaint',
        ID: 7,
        Type: 'SpamComplaint',
        BouncedAt: iso(500),
        Email: 'pm@example.com',
      },
      {
        RecordType: 'Bounce',
        ID: 8,
        Type: 'HardBounce',
        BouncedAt: iso(9),
        Email: 'pm2@example.com',
        Details: 'smtp;550 5.1.1',
      },
      {
        RecordType: 'SubscriptionChange',
        ChangedAt: iso(9),
        Recipient: 'pm@example.com',
        SuppressSending: false,
      },
    ]) {
      must(await deliver(ofPostmark({ ...each, ...of })), 200);
    }
    expect(await counts(id)).toBe('2 1 1 0 0 1 1 0');
    const { data } = must(await api.get(`/email-campaigns/${id}/sends?status=bounced`), 200);
    expect(data).toMatchObject([{ recipient_email: 'pm2@example.com', failure_reason: 'smtp;550 5.1.1' }]);
  });
});

describe('Resend tells', () => {
  it('what became of a mail, of every recipient', async () => {
    const id = await mailing('rs');
    const data = {
      email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
      to: ['Recipient <to@example.org>', 'to2@example.org'],
      tags: { email_campaign: 'rs' },
    };
    must(await deliver(ofResend({ type: 'email.delivered', created_at: iso(2), data }, 'msg_1')), 200);
    const click = {
      link: 'https://shop.example',
      timestamp: iso(700),
      userAgent: 'Mozilla/5.0 (X11) Firefox/130.0',
    };
    must(
      await deliver(
        ofResend({ type: 'email.clicked', created_at: iso(701), data: { ...data, click } }, 'msg_2'),
      ),
      200,
    );
    expect(await counts(id)).toBe('2 2 0 2 0 0 0 0');
  });
});

describe('Amazon SES tells, through SNS,', () => {
  const mail = {
    messageId: '7c191be45-e9aedb9a-02f9',
    destination: ['ses@example.com'],
    tags: { email_campaign: ['ses'] },
  };

  it('what became of a mail, by either version of the signature, and its certificate is fetched once', async () => {
    const id = await mailing('ses');
    const messages: [string, string, unknown][] = [
      [
        'm1',
        '1',
        { eventType: 'Delivery', mail, delivery: { timestamp: iso(4), recipients: ['ses@example.com'] } },
      ],
      [
        'm2',
        '2',
        { eventType: 'Open', mail, open: { timestamp: iso(90), userAgent: 'Mozilla/5.0 (iPhone) Mobile' } },
      ],
      [
        'm3',
        '2',
        {
          notificationType: 'Bounce',
          mail,
          bounce: {
            bounceType: 'Permanent',
            timestamp: iso(5),
            bouncedRecipients: [{ emailAddress: 'jane@example.com', diagnosticCode: 'smtp; 550 5.1.1' }],
          },
        },
      ],
    ];
    for (const [MessageId, SignatureVersion, event] of messages) {
      must(await deliver(ofSns({ MessageId, SignatureVersion, Message: JSON.stringify(event) })), 200);
    }
    expect(await counts(id)).toBe('2 1 1 0 0 1 0 0');
    expect(fetched).toEqual([certificateUrl]);
  });

  it('that it wants to be subscribed to, and is', async () => {
    const SubscribeURL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc';
    const reply = await deliver(
      ofSns({
        Type: 'SubscriptionConfirmation',
        MessageId: 's1',
        Message: 'Confirm',
        Token: 'abc',
        SubscribeURL,
      }),
    );
    expect(reply).toMatchObject({ status: 200, body: { data: { id: null } } });
    expect(fetched).toContain(SubscribeURL);
  });

  it.each([
    'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-test.pem',
    'https://evil.example/SimpleNotificationService-test.pem',
    'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-test.pem',
    'https://sns.eu-west-1.amazonaws.com@evil.example/test.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/test.pem',
    'https://sns.eu-west-1.amazonaws.com/anything',
    'no address',
  ])('and is refused with a certificate at %s, which is not even asked', async (SigningCertURL) => {
    const asked = fetched.length;
    const reply = await deliver(ofSns({ MessageId: 'x', Message: '{}', SigningCertURL }));
    expect(reply.status).toBe(401);
    expect(fetched).toHaveLength(asked);
  });

  it('and is refused for a topic that is not ours, or a subscription elsewhere', async () => {
    const foreign = ofSns({
      MessageId: 'y',
      Message: '{}',
      TopicArn: 'arn:aws:sns:eu-west-1:999999999999:others',
    });
    expect((await deliver(foreign)).status).toBe(401);
    const SubscribeURL = 'https://evil.example/?Action=ConfirmSubscription';
    const elsewhere = ofSns({
      Type: 'SubscriptionConfirmation',
      MessageId: 'z',
      Message: 'x',
      Token: 't',
      SubscribeURL,
    });
    expect((await deliver(elsewhere)).status).toBe(401);
  });
});

describe('HubSpot tells of a deal, a property an event,', () => {
  let eventIds = 0;
  const told = (objectId: number, propertyName: string, propertyValue: string, second: number) => ({
    eventId: ++eventIds,
    subscriptionType: 'deal.propertyChange',
    portalId: 62515,
    objectId,
    propertyName,
    propertyValue,
    occurredAt: at(second) * 1000,
  });
  const dealOf = async (id: number) => {
    await api.settle();
    return must(await api.get(`/conversions?source=hubspot:62515&external_id=${id}`), 200).data[0];
  };

  it('and it becomes a sale once it is won and has an amount, in whatever order they come', async () => {
    must(
      await deliver(
        ofHubspot([told(1, 'dealstage', 'appointmentscheduled', 1), told(1, 'amount', '900', 2)]),
      ),
      200,
    );
    expect(await dealOf(1)).toMatchObject({ kind: 'lead', value: 900, order_id: null });
    must(
      await deliver(
        ofHubspot([told(1, 'amount', '1200.50', 30), told(1, 'touchstone_campaign', 'Hooks', 30)], 'v2'),
      ),
      200,
    );
    must(
      await deliver(
        ofHubspot(
          [told(1, 'dealstage', 'closedwon', 31), told(1, 'closedate', String(at(31) * 1000), 31)],
          'v1',
        ),
      ),
      200,
    );
    must(await deliver(ofHubspot([told(1, 'amount', '1', 3)])), 200);
    const deal = await dealOf(1);
    expect(deal).toMatchObject({ kind: 'sale', value: 1200.5, campaign_id: campaign, converted_at: iso(31) });
    const order = must(await api.get(`/orders/${deal.order_id}`), 200).data;
    expect(order).toMatchObject({ total: 1200.5, reported_campaign: campaign, received_via: 'hubspot' });
  });

  it('and a lost or deleted one is withdrawn', async () => {
    must(await deliver(ofHubspot([told(2, 'dealstage', 'closedwon', 1), told(2, 'amount', '50', 1)])), 200);
    expect(await dealOf(2)).toMatchObject({ kind: 'sale', withdrawn: false });
    must(await deliver(ofHubspot([{ ...told(2, '', '', 5), subscriptionType: 'deal.deletion' }])), 200);
    const deal = await dealOf(2);
    expect(deal.withdrawn).toBe(true);
    expect(must(await api.get(`/orders/${deal.order_id}`), 200).data.status).toBe('cancelled');
  });

  it('and a bad event is shown while the good ones are kept', async () => {
    const events = [
      told(3, 'amount', '5', 1),
      { ...told(4, 'amount', 'much', 1) },
      { subscriptionType: 'deal.propertyChange' },
      { subscriptionType: 'contact.creation' },
    ];
    const { data } = must(await deliver(ofHubspot(events)), 200);
    await api.settle();
    const delivery = must(await api.get(`/webhook-deliveries/${data.id}`), 200).data;
    expect(delivery).toMatchObject({ events: 4, recorded: 1, ignored: 1 });
    expect(delivery.faults.map(({ index }: { index: number }) => index).sort()).toEqual([1, 2]);
  });
});

describe('a delivery is refused', () => {
  const hour = 3_600;
  const old = String(Number(seconds) - hour);
  const ahead = String(Number(seconds) + hour);
  const event = { event: 'opened', id: 'x', timestamp: at(1), recipient: 'a@example.com' };
  const good = (): Delivery[] => [
    ofSendgrid([
      { event: 'open', email: 'r@example.com', timestamp: at(1), sg_event_id: 'r', sg_message_id: 'r' },
    ]),
    ofMailgun(event),
    ofPostmark({
      RecordType: 'Delivery',
      DeliveredAt: iso(1),
      Recipient: 'r@example.com',
      MessageID: 'refused',
    }),
    ofResend(
      { type: 'email.sent', created_at: iso(1), data: { email_id: 'r', to: ['r@example.com'] } },
      'msg_r',
    ),
    ofSns({ MessageId: 'refused', Message: JSON.stringify({ eventType: 'Send', mail: {} }) }),
    ofHubspot([{ subscriptionType: 'contact.creation', eventId: 99 }]),
  ];

  it.each([
    ofSendgrid([], old),
    ofSendgrid([], ahead),
    ofMailgun(event, old),
    ofMailgun(event, ahead),
    ofResend({}, 'msg_old', old),
    ofResend({}, 'msg_ahead', ahead),
    ofSns({ MessageId: 'old', Message: '{}', Timestamp: '2027-02-01T10:59:00.000Z' }),
    ofHubspot([], 'v3', String(Date.parse(now) - hour * 1000)),
  ])('when its time is too far from now: $name', async (delivery) => {
    const reply = await deliver(delivery);
    expect(reply.status).toBe(401);
    expect(reply.body.error.message).toContain('time');
  });

  it('when it comes again: nothing is done a second time', async () => {
    for (const delivery of good()) {
      expect((await deliver(delivery)).status, delivery.name).toBe(200);
      const again = await deliver(delivery);
      expect([again.status, again.body.error.code], delivery.name).toEqual([409, 'conflict']);
    }
  });

  it('when it comes again by an older version of its signature, which holds no time', async () => {
    const events = [{ subscriptionType: 'contact.creation', eventId: 100 }];
    must(await deliver(ofHubspot(events, 'v3')), 200);
    for (const version of ['v1', 'v2'] as const) {
      expect((await deliver(ofHubspot(events, version))).status).toBe(409);
    }
  });

  it('when a byte of it is another', async () => {
    const signed = good().filter(({ name }) => name !== 'postmark' && name !== 'mailgun');
    for (const { body, ...delivery } of signed) {
      const changed = body.replace(/[a-z](?=[^a-z]*$)/, (letter) => (letter === 'x' ? 'y' : 'x'));
      expect(changed).not.toBe(body);
      expect((await deliver({ ...delivery, body: changed })).status, delivery.name).toBe(401);
    }
    const mailgun = ofMailgun(event);
    expect((await deliver({ ...mailgun, body: mailgun.body.replace('token-', 'taken-') })).status).toBe(401);
    expect((await deliver(ofPostmark({}, 'postmark:another-password'))).status).toBe(401);
    expect((await deliver({ ...ofPostmark({}), headers: {} })).status).toBe(401);
  });

  it('when it is empty, or larger than any provider sends', async () => {
    expect((await deliver({ ...ofPostmark({}), body: '' })).status).toBe(400);
    expect((await deliver({ ...ofPostmark({}), body: 'x'.repeat(5 * 1024 * 1024 + 1) })).status).toBe(413);
  });
});

describe('a delivery that cannot be worked on', () => {
  it('is tried again, and shown with what is wrong', async () => {
    const { data } = must(await deliver({ ...ofPostmark({}), body: 'no JSON' }), 200);
    await api.settle();
    expect(must(await api.get(`/webhook-deliveries/${data.id}`), 200).data).toMatchObject({
      status: 'waiting',
      attempts: 1,
      error: expect.stringContaining('JSON'),
    });
  });
});
