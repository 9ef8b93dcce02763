import * as z from 'zod';
import { aggregate } from '../../aggregate.ts';
import { Instant } from '../../time.ts';
import { CauseType } from '../finding/finding.ts';

/** A cause that a review found, known under one id wherever it comes up again. */
export const Cause = z.looseObject({
  ...aggregate('cause'),
  clientId: z.string(),
  serviceId: z.string(),
  type: CauseType,
  text: z.string(),
  /** The review that found it first. */
  reviewId: z.string(),
  /** How many findings are this cause, in all reviews; one unless told. */
  findings: z.number().int().min(0).optional(),
});
export type Cause = z.infer<typeof Cause>;

/** One incident that a cause brought about: as its review says, or as its alert says before anybody has looked. */
export const CauseSighting = z.looseObject({
  kind: z.literal('cause-sighting'),
  causeId: z.string(),
  incidentId: z.string(),
  clientId: z.string(),
  /** When the incident opened. */
  at: Instant,
  how: z.enum(['review', 'alert-key']),
});
export type CauseSighting = z.infer<typeof CauseSighting>;

/** That an action item is to keep a cause from coming up again. */
export const CauseAction = z.looseObject({
  kind: z.literal('cause-action'),
  causeId: z.string(),
  actionItemId: z.string(),
  clientId: z.string(),
});
export type CauseAction = z.infer<typeof CauseAction>;
