import { createVerify } from 'node:crypto';
import * as z from 'zod';
import { Refused } from '../domain/refused.ts';
import { parse } from '../sources/parse.ts';
import type { Ports } from '../workflow/engine/ports.ts';
import { certificateAt } from './sns-certificate.ts';
import { readJson } from './untrusted-json.ts';

const fields = {
  MessageId: z.string(),
  TopicArn: z.string().regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d+:.+$/, 'must be the ARN of an SNS topic'),
  Message: z.string(),
  Timestamp: z.string(),
  Signature: z.string(),
  SignatureVersion: z.enum(['1', '2'], 'must be 1 or 2'),
  SigningCertURL: z.string(),
};

const Notification = z.looseObject({
  ...fields,
  Type: z.literal('Notification'),
  Subject: z.string().nullish(),
});
const Confirmation = z.looseObject({
  ...fields,
  Type: z.enum(['SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  Token: z.string(),
  SubscribeURL: z.string(),
});
const Envelope = z.discriminatedUnion('Type', [Notification, Confirmation], {
  error: 'must be that of an SNS message: raw message delivery must be off',
});
type Envelope = z.output<typeof Envelope>;

const ALGORITHMS = { 1: 'RSA-SHA1', 2: 'RSA-SHA256' } as const;
const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const;

/** What SNS signs: name and value of these fields in this order, a line each, without what is absent. */
export const signedText = (envelope: Record<string, unknown> & { Type: keyof typeof SIGNED }): string =>
  SIGNED[envelope.Type]
    .filter((name) => envelope[name] !== undefined && envelope[name] !== null)
    .map((name) => `${name}\n${envelope[name]}\n`)
    .join('');

const verify = async (envelope: Envelope): Promise<void> => {
  const certificate = await certificateAt(envelope.SigningCertURL, envelope.TopicArn);
  const verifier = createVerify(ALGORITHMS[envelope.SignatureVersion]).update(signedText(envelope), 'utf8');
  if (!verifier.verify(certificate, envelope.Signature, 'base64'))
    throw new Refused('forbidden', 'The signature of the SNS message is not right.');
};

/** The payload in an envelope, or why there is none. */
export type Opened = { message: unknown } | { reason: string };

/**
 * Opens an SNS message that came by HTTPS: only from the topics in the configuration, and only when SNS signed it.
 * A new subscription of such a topic is confirmed.
 * @throws Refused `invalid` when it is no SNS message; `forbidden` when the topic or the signature is not right;
 * `unavailable` when the certificate cannot be had.
 */
export const openSns = async (
  ports: Pick<Ports, 'settings' | 'telemetry'>,
  body: unknown,
): Promise<Opened> => {
  const envelope = parse(Envelope, body);
  const topic = envelope.TopicArn;
  if (!ports.settings.alarmTopics.includes(topic))
    throw new Refused(
      'forbidden',
      `Alarms of the topic ${topic} are not expected: add it to the configuration.`,
    );
  await verify(envelope);
  if (envelope.Type === 'Notification') return { message: readJson(envelope.Message, 'body.Message') };
  ports.telemetry.note('alarm-topic', { type: envelope.Type, topic });
  if (envelope.Type === 'UnsubscribeConfirmation') return { reason: 'unsubscribed' };
  const { confirmSubscription } = await import('../outside/topic.ts');
  await confirmSubscription(topic, envelope.Token);
  return { reason: 'subscription-confirmed' };
};
