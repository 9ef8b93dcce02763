/**
 * All of the outside world that a workflow may touch, on one page.
 * Wired once for AWS (`shared/edge/ports-on-aws.ts`) and once for one machine (`infra/local`).
 */
import type { Channel } from '../../domain/channels/channel.ts';
import type { Instant } from '../../domain/time.ts';
import type { Store } from './store-port.ts';

export interface Ports {
  store: Store;
  clock: Clock;
  /** A fresh time-ordered id of 26 characters: called once per invocation, never below the workflow's first line. */
  newId(): string;
  /** 64 fresh characters of 0-9a-f (256 bits), for keys: shown once, kept as a hash. */
  newSecret(): string;
  /** Hands a message to a channel. Resolves to what the channel answered; never throws. */
  send(message: Message): Promise<Receipt>;
  /** Makes sure that something wakes the timer at its time. The sweep is the guarantee behind it. */
  armTimer(timer: { id: string; dueAt: Instant }): Promise<void>;
  /**
   * Reads a page that somebody else serves: 5 seconds and 1 MB at most, from public addresses only, without following
   * redirects. Throws, with a reason that may be shown, when there is no answer or the address is not one to ask.
   */
  readPage(url: string): Promise<{ status: number; body: string }>;
  /**
   * Calls somebody else's API, such as an issue tracker's: 10 seconds and 1 MB at most, public addresses only, without
   * following redirects. Throws, with a reason that may be shown, when there is no answer or the address is not one to call.
   */
  httpRequest(request: OutgoingRequest): Promise<{ status: number; body: string }>;
  files: Files;
  vault: Vault;
  secrets: Secrets;
  settings: Settings;
  telemetry: Telemetry;
}

export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** Files that people bring: kept apart from the table, sent and fetched by addresses that hold for minutes. */
export interface Files {
  /** Where exactly this file may be sent, by PUT with these headers. `size` in bytes. */
  uploadAddress(file: {
    key: string;
    contentType: string;
    size: number;
  }): Promise<{ url: string; headers: Record<string, string>; expiresAt: Instant }>;
  /** What is there under a key, with its first 512 bytes; undefined when nothing is. */
  look(key: string): Promise<{ size: number; contentType: string; begins: Uint8Array } | undefined>;
  /** From where it may be fetched under a name, always as a file to save. */
  downloadAddress(file: { key: string; name: string }): Promise<{ url: string; expiresAt: Instant }>;
}

export interface Clock {
  now(): Instant;
  /** Waits, for the jitter between two tries of a commit. Milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** One message to one person by one channel; plain text, with the HTML beside it where a channel shows it. */
export interface Message {
  /** The page's id or another that is stable over retries: channels pass it on as a reference. */
  id: string;
  channel: Channel;
  /** Who sends it for whom: goes into delivery events, so that a bounce finds its page. */
  incidentId?: string;
  /** The name of the page's promise within its incident, for the same purpose. */
  promise?: string;
  to: string;
  subject: string;
  text: string;
  html?: string;
}

/** What became of one hand-over. Only a 2xx whose body was read counts as handed over. */
export type Receipt =
  | { handedOver: true; reference: string }
  | { handedOver: false; reason: string; retryable: boolean };

export interface Secrets {
  /**
   * The keys that sign one-tap links, newest first; any of them verifies. They may be minutes old: who has met a link
   * of the version `wanted` gets newer ones if it is not among them.
   */
  linkKeys(wanted?: number): Promise<LinkKey[]>;
  /** SHA-256, in hex, of the installation's first administrator key. */
  adminKeyHash(): Promise<string>;
}

/** The secret store, for what others gave us to call them with. */
export interface Vault {
  /** Keeps a secret under a name such as `trackers/trk_…`; one that is there is replaced. */
  keep(name: string, value: string): Promise<void>;
  /** A secret that was kept; undefined when there is none. It may be a minute old. */
  kept(name: string): Promise<string | undefined>;
  forget(name: string): Promise<void>;
}

export interface LinkKey {
  version: number;
  secret: string;
}

export interface Settings {
  /** Where people and monitors reach this installation, without a trailing slash. */
  publicUrl: string;
  /** Whom an exhausted policy reaches, every 30 minutes until somebody answers. */
  fallbackContact?: { channel: Channel; address: string };
  /** Whether texts can be answered (a two-way number is configured). */
  smsReplies: boolean;
  /** Events a minute that one integration key may send. */
  eventsPerMinute: number;
  /** The SNS topics whose CloudWatch alarms are accepted, by ARN. */
  alarmTopics: string[];
  /** The integration that takes alarms from the event bus which name none themselves. */
  alarmIntegrationId?: string;
}

/** What is measured and logged. Personal data never goes in. */
export interface Telemetry {
  count(metric: MetricName, value?: number): void;
  /** A fact worth finding again: a stable event name and fields that hold no personal data. */
  note(event: string, fields?: Record<string, string | number | boolean | undefined>): void;
  /** Something that somebody must look at; raises the function's alarm. */
  alarm(event: string, error: unknown, fields?: Record<string, string | number | boolean | undefined>): void;
}

export type MetricName =
  | 'AlertsAccepted'
  | 'AlertsRefused'
  | 'IncidentsOpened'
  | 'PagesHandedOver'
  | 'PagesFailed'
  | 'AlertToPageMilliseconds'
  | 'OldestUnsentPromiseSeconds'
  | 'LatestTimerSeconds'
  | 'BadItems';
