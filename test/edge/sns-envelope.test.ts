import { X509Certificate } from 'node:crypto';
import { ConfirmSubscriptionCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSns, signedText } from '../../shared/edge/sns-envelope.ts';
import { intakePorts, TOPIC } from '../support/intake-desk.ts';
import { certificate, signed } from '../support/sns-signer.ts';

const sns = mockClient(SNSClient);
const [ports] = intakePorts({} as never);
const fetched: { url: string; redirect: unknown }[] = [];
let answer: () => Promise<Response>;
let place = 0;

const envelope = (change: object = {}) => ({
  ...{ Type: 'Notification' as const, MessageId: 'm-1', TopicArn: TOPIC, Subject: 'ALARM: "Shop"' },
  ...{ Message: '{"AlarmName":"Shop\\n1"}', Timestamp: '2026-01-05T09:00:00.000Z', SignatureVersion: '2' },
  SigningCertURL: `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${place}.pem`,
  ...change,
});
const confirmation = (Type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation') => {
  const { Subject, ...rest } = envelope();
  return { ...rest, Type, Token: 'token-1', SubscribeURL: 'https://evil.example.com/' };
};

beforeEach(() => {
  place += 1;
  fetched.length = 0;
  sns.reset();
  answer = async () => new Response(certificate);
  vi.stubGlobal('fetch', (url: string, { redirect }: RequestInit) => {
    fetched.push({ url, redirect });
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

it('has a signer whose certificate others read too', () => {
  expect(new X509Certificate(certificate).subject).toBe('CN=sns.example.com');
});

it('signs the fields of a notification in this order', () => {
  expect(
    signedText({ Type: 'Notification', Message: 'm', MessageId: 'i', Timestamp: 't', TopicArn: 'a' }),
  ).toBe('Message\nm\nMessageId\ni\nTimestamp\nt\nTopicArn\na\nType\nNotification\n');
});

describe('a notification', () => {
  it.each([
    ['1', {}],
    ['2', {}],
    ['2', { Subject: undefined }],
    ['2', { Subject: null }],
  ])('is opened when its signature of version %s is right (%j)', async (SignatureVersion, change) => {
    const sent = signed(envelope({ SignatureVersion, ...change }));
    expect(await openSns(ports, sent)).toEqual({ message: { AlarmName: 'Shop\n1' } });
    expect(fetched).toEqual([{ url: sent.SigningCertURL, redirect: 'error' }]);
  });

  it('needs its certificate once', async () => {
    await openSns(ports, signed(envelope()));
    await openSns(ports, signed(envelope({ MessageId: 'm-2' })));
    expect(fetched).toHaveLength(1);
  });

  it.each(['Message', 'MessageId', 'Subject', 'Timestamp'])('is forbidden with another %s', async (field) => {
    const sent = { ...signed(envelope()), [field]: '{}' };
    await expect(openSns(ports, sent)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    'http://sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.s3.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/a.pem',
    'https://me@sns.eu-west-1.amazonaws.com/a.pem',
    'https://evil.example.com/sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com/a.txt',
    'https://sns.eu-west-1.amazonaws.com.cn/a.pem',
    'not an address',
  ])('is forbidden with a certificate at %s, which is never asked for', async (SigningCertURL) => {
    const sent = signed(envelope({ SigningCertURL }));
    await expect(openSns(ports, sent)).rejects.toMatchObject({ code: 'forbidden' });
    expect(fetched).toEqual([]);
  });

  it('may come from China with a certificate from there', async () => {
    const TopicArn = 'arn:aws-cn:sns:cn-north-1:123456789012:alarms';
    const SigningCertURL = `https://sns.cn-north-1.amazonaws.com.cn/a-${place}.pem`;
    const [chinese] = intakePorts({} as never, { alarmTopics: [TopicArn] });
    const opened = await openSns(chinese, signed(envelope({ TopicArn, SigningCertURL })));
    expect(opened).toHaveProperty('message');
  });

  it('is forbidden from a topic that is not configured, before anything is fetched', async () => {
    const sent = signed(envelope({ TopicArn: `${TOPIC}-of-another` }));
    await expect(openSns(ports, sent)).rejects.toMatchObject({ code: 'forbidden' });
    expect(fetched).toEqual([]);
  });

  it.each([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['is not there', async () => new Response(certificate, { status: 404 })],
    ['is something else', async () => new Response('<html>')],
  ])('comes again when the certificate %s, and is opened then', async (_, trouble) => {
    answer = trouble;
    await expect(openSns(ports, signed(envelope()))).rejects.toMatchObject({ code: 'unavailable' });
    answer = async () => new Response(certificate);
    expect(await openSns(ports, signed(envelope()))).toHaveProperty('message');
  });

  it.each([
    [{ Type: 'Other' }, 'body.Type'],
    [{ SignatureVersion: '3' }, 'body.SignatureVersion'],
    [{ Message: 7 }, 'body.Message'],
    [{ Message: 'not JSON' }, 'body.Message'],
  ])('is refused with %j', async (change, path) => {
    const sent = 'Message' in change ? signed(envelope(change)) : { ...signed(envelope()), ...change };
    await expect(openSns(ports, sent)).rejects.toMatchObject({ code: 'invalid', problems: [{ path }] });
  });
});

describe('a subscription', () => {
  it('is confirmed by asking SNS, and never by opening the address in it', async () => {
    const opened = await openSns(ports, signed(confirmation('SubscriptionConfirmation')));
    expect(opened).toEqual({ reason: 'subscription-confirmed' });
    expect(sns.commandCalls(ConfirmSubscriptionCommand)[0]?.args[0].input).toEqual({
      ...{ TopicArn: TOPIC, Token: 'token-1', AuthenticateOnUnsubscribe: 'true' },
    });
    expect(fetched.map(({ url }) => url)).not.toContain('https://evil.example.com/');
  });

  it.each(['Token', 'SubscribeURL'])('is not confirmed with another %s', async (field) => {
    const sent = { ...signed(confirmation('SubscriptionConfirmation')), [field]: 'other' };
    await expect(openSns(ports, sent)).rejects.toMatchObject({ code: 'forbidden' });
    expect(sns.calls()).toEqual([]);
  });

  it('that ends is noted, and nothing else', async () => {
    const opened = await openSns(ports, signed(confirmation('UnsubscribeConfirmation')));
    expect(opened).toEqual({ reason: 'unsubscribed' });
    expect(sns.calls()).toEqual([]);
  });
});
