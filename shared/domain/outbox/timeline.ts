import * as z from 'zod';
import type { Principal } from '../directory/access.ts';
import { Instant } from '../time.ts';

/** Who did it, as the timeline says it. */
export const Actor = z.looseObject({
  kind: z.enum(['api-key', 'person', 'integration', 'firebreak']),
  id: z.string(),
  name: z.string().optional(),
});
export type Actor = z.infer<typeof Actor>;

export const EntryKind = z.enum([
  'opened',
  'alert-joined',
  'alert-resolved',
  'severity-raised',
  'step-taken',
  'page-promised',
  'page-handed-over',
  'page-delivered',
  'page-failed',
  'page-given-up',
  'page-skipped',
  'nobody-reached',
  'exhausted',
  'fallback-paged',
  'acknowledged',
  'contained',
  'resolved',
  'reopened',
  'closed',
  'note',
  'escalated',
  'help-requested',
  'recognised',
  'review-due',
]);
export type EntryKind = z.infer<typeof EntryKind>;

/** One thing that happened, and why. Never changed, never removed. */
export const TimelineEntry = z.looseObject({
  kind: z.literal('timeline-entry'),
  incidentId: z.string(),
  /** Sorts by time. */
  id: z.string(),
  clientId: z.string(),
  at: Instant,
  what: EntryKind,
  text: z.string(),
  /** What somebody said with it, in their own words, which end the text. */
  note: z.string().optional(),
  /** The named outcome of the decision that wrote it. */
  reason: z.string(),
  actor: Actor,
  /** Ids of what it is about: `{ pageId, personId, alertId … }`. */
  refersTo: z.record(z.string(), z.string()).optional(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const actorOf = (principal: Principal, name?: string): Actor => ({
  kind: principal.kind,
  id: principal.id,
  ...(name ? { name } : {}),
});
