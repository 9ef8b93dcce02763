import * as z from 'zod';
import { aggregate } from '../aggregate.ts';
import { Instant } from '../time.ts';
import { AlertEvent, ChangeEvent, Severity } from './alert-event.ts';

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
  episode: Instant.optional(),
  /** Only on closed ones: when the table may forget it, in seconds since 1970. */
  expiresAt: z.number().optional(),
});
export type Dedup = z.infer<typeof Dedup>;

/** The mark that an open alert leaves under its incident; while one is left, the incident is not over. */
export const OpenAlert = z.looseObject({
  kind: z.literal('open-alert'),
  incidentId: z.string(),
  alertId: z.string(),
  clientId: z.string(),
});
export type OpenAlert = z.infer<typeof OpenAlert>;

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
