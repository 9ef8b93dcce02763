import { randomBytes } from 'node:crypto';
import { ulid } from '../../shared/domain/id.ts';
import { epoch } from '../../shared/domain/time.ts';
import { telemetry } from '../../shared/edge/telemetry.ts';
import { httpRequest } from '../../shared/outside/http-request.ts';
import { readPage } from '../../shared/outside/web.ts';
import type { Clock, Files, Ports, Secrets, Settings, Vault } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import type { MailSettings } from './mail.ts';
import type { Mailbox } from './mailbox.ts';
import { sendHere } from './send.ts';
import type { Timers } from './timers.ts';

const EVENTS_PER_MINUTE = 6000;
const ENTROPY_BYTES = 10;
const SECRET_BYTES = 32;

interface Parts {
  store: Store;
  clock: Clock;
  secrets: Secrets;
  files: Files;
  vault: Vault;
  mailbox: Mailbox;
  timers: Timers;
  /** Where this machine is reached, without a trailing slash. */
  url: string;
  mail?: MailSettings | undefined;
  fallbackContact?: Settings['fallbackContact'];
  eventsPerMinute?: number | undefined;
  /** Status feeds and trackers may be served by this very machine. */
  allowLocalFeeds?: boolean | undefined;
}

/** All of the outside world, on one machine. */
export const portsHere = ({ store, clock, secrets, mailbox, timers, mail, ...rest }: Parts): Ports => ({
  store,
  clock,
  newId: () => ulid(epoch(clock.now()), randomBytes(ENTROPY_BYTES)),
  newSecret: () => randomBytes(SECRET_BYTES).toString('hex'),
  send: sendHere({ mailbox, clock, mail }),
  armTimer: async (timer) => timers.arm(timer),
  httpRequest: (request) => httpRequest(request, { allowLoopback: rest.allowLocalFeeds ?? false }),
  files: rest.files,
  vault: rest.vault,
  readPage: (url) => readPage(url, { allowLoopback: rest.allowLocalFeeds ?? false }),
  secrets,
  settings: {
    publicUrl: rest.url,
    ...(rest.fallbackContact ? { fallbackContact: rest.fallbackContact } : {}),
    smsReplies: true,
    eventsPerMinute: rest.eventsPerMinute ?? EVENTS_PER_MINUTE,
    alarmTopics: [],
  },
  telemetry,
});
