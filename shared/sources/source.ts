import type { Invocation } from '../domain/id.ts';
import type { AlertEvent, ChangeEvent } from '../domain/proactive/alerts/alert-event.ts';
import type { Refused } from '../domain/refused.ts';

/** What is known of a format without loading it: for addresses, documentation and grants. */
export interface SourceAbout {
  /** As it stands in `integration.source` and in the address. */
  name: string;
  title: string;
  /** One sentence: what to enter where. */
  doc: string;
  /** The fixed paths that its senders insist on; then the key is in the body. Else `/v1/alerts/{name}/{key}`. */
  paths?: string[];
  /** Comes wrapped in a signed SNS message, whose text is the payload. */
  envelope?: 'sns';
  /** A body that is not JSON is handed over as text instead of being refused. */
  plain?: boolean;
  /** How a sender over its limit is refused: `unavailable` (503) where it would never retry after a 429. */
  throttled: 'too-many' | 'unavailable';
}

/** What arrived, before any of its fields is trusted. */
export interface Arrived {
  /** The path it was sent to. */
  path: string;
  /** In lower case, without parameters. */
  contentType: string;
  query: Record<string, string>;
  /** The JSON value; text where the source takes plain bodies. */
  body: unknown;
}

/** What a payload says, in our words. `ignored` names why there is nothing to do. */
export interface Reading {
  alerts: AlertEvent[];
  changes: ChangeEvent[];
  ignored?: string;
}

/** A key, and the path of the field that it stands in. */
export interface KeyField {
  path: string;
  key: string;
}

/** What became of one event. */
export interface Outcome {
  reason: string;
  dedupKey?: string;
  incidentId?: string;
}

export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** One arrival and what it must turn into: documentation and test in one. */
export interface Example {
  title: string;
  arrived: Partial<Arrived>;
  /** What is read from it, or the paths of the fields that are refused. */
  gives: Partial<Reading> | { refused: string[] };
  /** The answer, when every alert opened the incident `inc_1`. */
  reply: Reply;
}

/**
 * One alert format. `read` is pure and throws nothing but `Refused`, naming every field at fault; what it draws
 * comes from the draw.
 */
export interface AlertSource {
  read(arrived: Arrived, invocation: Invocation): Reading;
  /** Where the key is, of sources with fixed paths; asked once `read` has accepted the rest. */
  keyOf?(arrived: Arrived): KeyField;
  accepted(outcomes: Outcome[], reading: Reading): Reply;
  /** The refusal in the sender's own dialect; without it, `application/problem+json`. */
  refused?(error: Refused): Reply;
  examples: Example[];
}
