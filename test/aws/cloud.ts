import { DeleteScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { inject } from 'vitest';
import { asRoot } from './ministack.ts';

const ACCOUNT = '000000000000';
const LOOK_EVERY = 500;

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is for the journey to say
  body: any;
  text: string;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

const endpoint = inject('endpoint');
const outputs = inject('outputs');
const root = { ...asRoot, endpoint };
const scheduler = new SchedulerClient(root);

/** The API by its path: the names below `localhost` that it has as well do not resolve everywhere. */
const apiUrl = `${endpoint}/_aws/execute-api/${new URL(outputs.Url ?? '').hostname.split('.')[0]}/$default`;

/** One request to the deployed API, as the administrator unless the headers say otherwise. */
export const call = async (
  method: string,
  path: string,
  { body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> => {
  const reply = await fetch(`${apiUrl}${path}`, {
    method,
    headers: headers ?? { authorization: `Bearer ${await adminKey()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const isJson = reply.headers.get('content-type')?.includes('json');
  return { status: reply.status, text, body: isJson && text ? JSON.parse(text) : undefined };
};

let key: Promise<string> | undefined;
const adminKey = (): Promise<string> => {
  key ??= new SecretsManagerClient(root)
    .send(new GetSecretValueCommand({ SecretId: outputs.AdminKey ?? '' }))
    .then(({ SecretString = '' }) => SecretString);
  return key;
};

/** What SES took for an address, oldest first. */
export const mailsTo = async (address: string): Promise<Mail[]> => {
  const told = await emulator(`/_ministack/ses/messages?account=${ACCOUNT}`);
  const messages: { To: string[]; Subject: string; BodyText: string }[] = told.messages[ACCOUNT] ?? [];
  return messages
    .filter(({ To }) => To.includes(address))
    .map(({ Subject, BodyText }) => ({ to: address, subject: Subject, text: BodyText }));
};

/** What SNS took for a phone, oldest first. */
export const textsTo = async (phone: string): Promise<string[]> => {
  const told = await emulator(`/_ministack/sns/sms-messages?phoneNumber=${encodeURIComponent(phone)}`);
  return told.sms_messages[phone].map(({ Message }: { Message: string }) => Message);
};

/** A text from a phone, as End User Messaging hands it to the topic of replies. */
export const receiveText = async ({ from, text }: { from: string; text: string }): Promise<void> => {
  const message = { originationNumber: from, messageBody: text, inboundMessageId: crypto.randomUUID() };
  const sns = new SNSClient(root);
  // The topic refuses what comes without TLS. The emulator speaks none, but believes a proxy that did.
  sns.middlewareStack.add(
    (next) => (step) => {
      Object.assign((step.request as { headers: object }).headers, { 'x-forwarded-proto': 'https' });
      return next(step);
    },
    { step: 'build' },
  );
  await sns.send(new PublishCommand({ TopicArn: outputs.RepliesTopic, Message: JSON.stringify(message) }));
};

/** What lies in all dead-letter queues together. */
export const deadLetters = async (): Promise<unknown[]> => {
  const told = await emulator(`/_ministack/sqs/messages?account=${ACCOUNT}`);
  return JSON.stringify(told).match(/"MessageId"/g) ?? [];
};

const emulator = async (path: string) => (await fetch(`${endpoint}${path}`)).json();

/** The names of the one-time schedules that wait to wake a timer. */
export const waitingSchedules = async (): Promise<{ name: string; group: string }[]> => {
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
  return Schedules.map(({ Name = '', GroupName = '' }) => ({ name: Name, group: GroupName })).filter(
    ({ name }) => name.startsWith('tmr_'),
  );
};

export const loseSchedule = async ({ name, group }: { name: string; group: string }): Promise<void> => {
  await scheduler.send(new DeleteScheduleCommand({ Name: name, GroupName: group }));
};

/** Looks again and again until there is something to see. Throws after so many seconds. */
export const eventually = async <T>(look: () => Promise<T | undefined>, seconds = 30): Promise<T> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  throw new Error(`Nothing to see within ${seconds} seconds: ${look}`);
};
