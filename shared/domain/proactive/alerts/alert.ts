import * as z from 'zod';
import { aggregate } from '../../aggregate.ts';
import { Severity } from '../../outbox/severity.ts';
import { Instant } from '../../time.ts';
import { AlertEvent, ChangeEvent } from './alert-event.ts';

/** One episode of a problem as a monitor reports it. It is open only while its incident is open too. */
export const Alert = z.looseObject({
  ...aggregate('alert'),
  clientId: z.string(),
  serviceId: z.string(),
  integrationId: z.string(),
  incidentId: z.string(),
  dedupKey: z.string(),
  status: z.enum(['triggered', 'resolved']),
  severity: Severity,
  sourceSeverity: z.string().optional(),
  summary: z.string(),
  /** The registered format it came in. */
  source: z.string(),
  origin: z.string().optional(),
  links: AlertEvent.shape.links,
  details: AlertEvent.shape.details,
  episode: Instant.optional(),
  /** How often it was reported; may lag in a storm. */
  count: z.number().int(),
  firstAt: Instant,
  lastAt: Instant,
  resolvedAt: Instant.optional(),
});
export type Alert = z.infer<typeof Alert>;

/**
 * Which alert a dedup key means now. `rule` versions how keys are made, so that the rule can change without
 * merging old alerts with new ones.
 */
export const Dedup = z.looseObject({
  kind: z.literal('dedup'),
  integrationId: z.string(),
  dedupKey: z.string(),
  version: z.number().int().min(1),
  clientId: z.string(),
  alertId: z.string().optional(),
  incidentId: z.string().optional(),
  /** Whether that alert was not resolved by its monitor yet. */
  open: z.boolean(),
  /** The newest that its source has told of, where it tells: what later events are judged by. They never go back. */
  episode: Instant.optional(),
  saidAt: Instant.optional(),
  /** Only on closed ones: when the monitor resolved it. */
  resolvedAt: Instant.optional(),
  /** Only on closed ones: when the table may forget it, in seconds since 1970. */
  expiresAt: z.number().optional(),
});
export type Dedup = z.infer<typeof Dedup>;

/**
 * The mark of an alert under its incident, from when it joins until its monitor resolves it: while one is left, the
 * incident does not end by itself.
 */
export const OpenAlert = z.looseObject({
  kind: z.literal('open-alert'),
  incidentId: z.string(),
  alertId: z.string(),
  clientId: z.string(),
});
export type OpenAlert = z.infer<typeof OpenAlert>;

/**
 * Which alerts were open when somebody resolved their incident: they do not open it again. Their marks stay, so that
 * they are open with it when something else does. Where they are many, the rest is in further items of this kind.
 */
export const AlertsOpenAtResolve = z.looseObject({
  kind: z.literal('alerts-open-at-resolve'),
  incidentId: z.string(),
  /** Of the first item, the episode that the resolve ended; of a further one, a name of its own. */
  id: z.string(),
  clientId: z.string(),
  /** In order. */
  alertIds: z.array(z.string()),
  /** On the first item: the further ones, in order, and the first alert of each. */
  rest: z.array(z.looseObject({ id: z.string(), from: z.string() })).optional(),
  /** In seconds since 1970. */
  expiresAt: z.number(),
});
export type AlertsOpenAtResolve = z.infer<typeof AlertsOpenAtResolve>;

/** The incident that a service's alerts join, until its grouping window is over. */
export const OpenGroup = z.looseObject({
  kind: z.literal('open-group'),
  serviceId: z.string(),
  version: z.number().int().min(1),
  clientId: z.string(),
  incidentId: z.string(),
  /** Alerts join until then. */
  until: Instant,
});
export type OpenGroup = z.infer<typeof OpenGroup>;

/** A deploy, a switch, a migration: kept 90 days. */
export const Change = z.looseObject({
  ...aggregate('change'),
  ...ChangeEvent.shape,
  clientId: z.string(),
  serviceId: z.string(),
  integrationId: z.string(),
  receivedAt: Instant,
  expiresAt: z.number(),
});
export type Change = z.infer<typeof Change>;
