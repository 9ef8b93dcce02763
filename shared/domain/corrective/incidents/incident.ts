import * as z from 'zod';
import { aggregate } from '../../aggregate.ts';
import { Urgency } from '../../directory/person.ts';
import { Severity } from '../../outbox/severity.ts';
import { Instant } from '../../time.ts';

export const Status = z.enum(['triggered', 'acknowledged', 'contained', 'resolved', 'closed']);
export type Status = z.infer<typeof Status>;

/** Where the escalation stands. `loop` and `step` count from 0 and name the step that was taken last. */
export const Escalation = z.looseObject({
  state: z.enum(['running', 'exhausted', 'stopped']),
  loop: z.number().int(),
  step: z.number().int(),
  /** How often the fallback contact was reached in this generation; only when exhausted. */
  round: z.number().int().optional(),
  /** When the next step is due; absent when there is none, and then the timeline says why. */
  nextAt: Instant.optional(),
});
export type Escalation = z.infer<typeof Escalation>;

/** What people work on. */
export const Incident = z.looseObject({
  ...aggregate('incident'),
  clientId: z.string(),
  serviceId: z.string(),
  /** Counts per client. */
  number: z.number().int(),
  title: z.string(),
  summary: z.string().optional(),
  status: Status,
  severity: Severity,
  urgency: Urgency,
  /** Not real: a rehearsal. */
  drill: z.boolean(),
  /** Moves on with every answer; what was promised under an older one is dropped. */
  generation: z.number().int(),
  /** How often it was opened: 1, then one more with every reopening. */
  episode: z.number().int(),
  escalation: Escalation,
  openedAt: Instant,
  acknowledgedAt: Instant.optional(),
  /** Who answered last: a person's or an API key's id, or absent while nobody has. */
  acknowledgedBy: z.string().optional(),
  /** Who asked for help and has not got it yet. */
  helpFor: z.string().optional(),
  containedAt: Instant.optional(),
  resolvedAt: Instant.optional(),
  closedAt: Instant.optional(),
  /** What the pages call the system and its owner. */
  serviceName: z.string(),
  clientName: z.string(),
});
export type Incident = z.infer<typeof Incident>;
