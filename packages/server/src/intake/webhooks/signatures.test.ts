import { describe, expect, it } from 'vitest';
import { signatureV1, signatureV2 } from '../hubspot/verify-hubspot.ts';
import { isStandardlySigned } from '../resend/resend.ts';
import { isSigned, publicKeyOf } from '../sendgrid/sendgrid.ts';

// The published vectors of the providers' own libraries (@sendgrid/eventwebhook, standard-webhooks,
// @hubspot/api-client), retyped.

describe("SendGrid's signature", () => {
  const key =
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==';
  const otherKey =
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==';
  const timestamp = '1600112502';
  const signature =
    'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=';
  const otherSignature =
    'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH3j/0=';
  const body =
    '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n';
  const multi = {
    key: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQ4LIFtWztlsF7skFqOncjD1lun4H5w8XOhyOArHW9RcIx/FfEzx6cikC/yPfUvwaX/JScE7Fc9CJD2afQ9Ok3Q==',
    timestamp: '1619651159',
    signature:
      'MEYCIQC/I4o6vCgqRYrTljjoVWB/GRWNtxeePlLMHr3x9ETeRQIhAIpV+03nREPTTHWSW0wIOA0EoMPdcNgXa70yCaqDJlu5',
    body: '[{"email":"invalid@gmail.com","event":"processed","send_at":0,"sg_event_id":"cHJvY2Vzc2VkLTE5OTQyMTEyLXFOd0JMZ1BRUWpXNkRKdktRd1NBYnctMA","sg_message_id":"qNwBLgPQQjW6DJvKQwSAbw.filterdrecv-canary-547b64655b-cw6zx-1-6089EA4A-56.0","smtp-id":"<qNwBLgPQQjW6DJvKQwSAbw@ismtpd0178p1mdw1.sendgrid.net>","timestamp":1619651146},\r\n{"email":"invalid@gmail.com","event":"bounce","ip":"167.89.101.76","reason":"552 5.2.2 The email account that you tried to reach is over quota and inactive. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaPerm c17si1130468pgv.34 - gsmtp","sg_event_id":"Ym91bmNlLTAtMTk5NDIxMTItcU53QkxnUFFRalc2REp2S1F3U0Fidy0w","sg_message_id":"qNwBLgPQQjW6DJvKQwSAbw.filterdrecv-canary-547b64655b-cw6zx-1-6089EA4A-56.0","smtp-id":"<qNwBLgPQQjW6DJvKQwSAbw@ismtpd0178p1mdw1.sendgrid.net>","status":"5.2.2","timestamp":1619651147,"tls":1,"type":"blocked"}]\r\n',
  };

  it.each([
    ['of one event holds', { key, timestamp, signature, body }, true],
    ['of several with line breaks between holds', multi, true],
    ['by another key does not', { key: otherKey, timestamp, signature, body }, false],
    ['of another body does not', { key, timestamp, signature, body: 'payload' }, false],
    ['that is another does not', { key, timestamp, signature: otherSignature, body }, false],
    ['of another time does not', { key, timestamp: 'timestamp', signature, body }, false],
    ['that is none does not', { key, timestamp, signature: '', body }, false],
  ])('%s', (_, { key: publicKey, body: text, ...given }, holds) => {
    expect(isSigned(publicKeyOf(publicKey), { ...given, body: Buffer.from(text) })).toBe(holds);
  });
});

describe('the signature of Standard Webhooks', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: Buffer.from('{"test": 2432232314}'),
  };
  const ours = 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  const other = 'Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=';

  it.each([
    ['holds', `v1,${ours}`, true],
    ['holds among others', `v1,${other} v2,${other} v1,${ours} v1,${other}`, true],
    ['does not when it is another', 'v1,dawfeoifkpqwoekfpqoekf', false],
    ['does not when it is empty', 'v1,', false],
    ['does not under another version', `v2,${ours}`, false],
  ])('%s', (_, signatures, holds) => {
    expect(isStandardlySigned(secret, { ...signed, signatures })).toBe(holds);
    expect(isStandardlySigned(secret.slice('whsec_'.length), { ...signed, signatures })).toBe(holds);
  });
});

describe("HubSpot's signature", () => {
  const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  const url = 'https://www.example.com/webhook_uri';

  it('of version 1 is a hash over secret and body', () => {
    const body = Buffer.from(
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
    );
    expect(signatureV1(secret, body)).toBe(
      '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
    );
  });

  it('of version 2 is one over method and address too', () => {
    const get = { method: 'GET', url, body: Buffer.alloc(0) };
    const post = { method: 'POST', url, body: Buffer.from('{"example_field":"example_value"}') };
    expect(signatureV2(secret, get)).toBe('eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e');
    expect(signatureV2(secret, post)).toBe(
      '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900',
    );
  });
});
