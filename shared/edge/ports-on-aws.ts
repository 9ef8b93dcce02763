import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sendBy } from '../channels/index.ts';
import type { ChannelSettings } from '../channels/sender.ts';
import { CONTACT_FORM, parseContact } from '../domain/channels/channel.ts';
import { ulid } from '../domain/id.ts';
import { instant } from '../domain/time.ts';
import { filesOnS3 } from '../outside/files-on-s3.ts';
import { armOnScheduler } from '../outside/scheduler.ts';
import { secretsManager } from '../outside/secrets.ts';
import { secretsManagerVault } from '../outside/vault.ts';
import { clientOf } from '../store/dynamodb/client.ts';
import { createStore } from '../store/dynamodb/store.ts';
import type { Clock, Ports, Settings } from '../workflow/engine/ports.ts';
import { Environment } from './configuration.ts';
import { telemetry } from './telemetry.ts';

const ENTROPY_BYTES = 10;
const SECRET_BYTES = 32;

/** All of the outside world, on AWS. Makes no call and no client: each is made when it is first needed. */
export const portsOnAws = async (variables: NodeJS.ProcessEnv = process.env): Promise<Ports> => {
  const environment = Environment.parse(variables);
  const channelSettings = channelSettingsOf(environment);
  const ports: Ports = {
    store: createStore({ client: clientOf(variables), table: environment.TABLE }),
    clock,
    newId: () => ulid(Date.now(), randomBytes(ENTROPY_BYTES)),
    newSecret: () => randomBytes(SECRET_BYTES).toString('hex'),
    send: (message) => sendBy(message, channelSettings),
    armTimer: armOnScheduler(
      {
        group: environment.TIMER_GROUP,
        roleArn: environment.TIMER_ROLE_ARN,
        functionArn: environment.TIMER_FUNCTION_ARN,
        deadLetterArn: environment.TIMER_DEAD_LETTER_ARN,
      },
      { clock, runNow: (timerId) => runNow(ports, timerId) },
    ),
    httpRequest: async (request) => (await import('../outside/http-request.ts')).httpRequest(request),
    files: filesOnS3(environment.FILES_BUCKET, clock.now),
    vault: secretsManagerVault(environment.VAULT_PREFIX, clock.now),
    readPage: async (url) => (await import('../outside/web.ts')).readPage(url),
    secrets: secretsManager(
      { linkKeys: environment.LINK_SECRET_ARN, adminKey: environment.ADMIN_SECRET_ARN },
      clock.now,
    ),
    settings: settingsOf(environment),
    telemetry,
  };
  return ports;
};

const clock: Clock = {
  now: () => instant(Date.now()),
  pause: async (milliseconds) => void (await wait(milliseconds)),
};

/** Loaded only where a timer is armed: the functions that arm none do without it. */
const runNow = async (ports: Ports, timerId: string): Promise<void> => {
  const { fireTimer } = await import('../workflow/engine/fire-timer.ts');
  await fireTimer(ports, timerId);
};

const channelSettingsOf = (environment: Environment): ChannelSettings => ({
  emailFrom: environment.EMAIL_FROM,
  emailConfigurationSet: environment.EMAIL_CONFIGURATION_SET,
  smsNumber: environment.SMS_NUMBER,
});

const settingsOf = (environment: Environment): Settings => {
  const fallbackContact = parseFallbackContact(environment.FALLBACK_CONTACT);
  return {
    publicUrl: environment.PUBLIC_URL.replace(/\/+$/, ''),
    ...(fallbackContact ? { fallbackContact } : {}),
    smsReplies: environment.SMS_NUMBER !== '',
    eventsPerMinute: Number(environment.EVENTS_PER_MINUTE),
    alarmTopics: environment.ALARM_TOPICS.split(',').filter((arn) => arn !== ''),
    ...(environment.ALARM_INTEGRATION ? { alarmIntegrationId: environment.ALARM_INTEGRATION } : {}),
  };
};

/** Undefined for nobody. Throws on anything that is no contact. */
export const parseFallbackContact = (text: string): Settings['fallbackContact'] => {
  if (text === '') return undefined;
  const contact = parseContact(text);
  if (!contact) throw new Error(`FALLBACK_CONTACT must be ${CONTACT_FORM}, or empty for nobody.`);
  return contact;
};
