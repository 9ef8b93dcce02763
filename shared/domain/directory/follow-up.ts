import * as z from 'zod';
import { Name } from '../aggregate.ts';
import { Severity } from '../outbox/severity.ts';
import { Duration, milliseconds } from '../time.ts';

/** Somebody at the client who gets the published version of a review. */
const Reader = z.strictObject({
  /** Never that of one of ours: the link that a reader gets opens what was published, and nothing else. */
  id: z
    .string()
    .regex(
      /^(?!per_|fallback$)[\w-]{1,64}$/,
      'must be 1 to 64 letters, digits, _ or -, and nobody of ours (per_…, fallback)',
    ),
  name: Name,
  email: z.email().max(254),
});

/** Which incidents of a client have a review written, and by when. Any one of the conditions is enough. */
export const ReviewRule = z.strictObject({
  /** Every incident, however it went. */
  always: z.boolean().default(false),
  severities: z.array(Severity).max(4).default(['sev1', 'sev2']),
  /** It was acknowledged or resolved later than this after it had opened. */
  breach: z
    .strictObject({ acknowledgeWithin: Duration.optional(), resolveWithin: Duration.optional() })
    .optional(),
  /** It came back: of the same alert or cause as one that was over before it. */
  repeats: z.boolean().default(true),
  /** How long after the incident was resolved its review is to be done. */
  dueIn: Duration.default('P5D'),
  /** How often whoever has to do something for it is reminded. */
  remindEvery: Duration.default('P1D'),
  /** Who gets the client's version when it is published. */
  publishTo: z.array(Reader).max(20).default([]),
});
export type ReviewRule = z.infer<typeof ReviewRule>;

/** Nobody is reminded more often, whatever a client's settings say. */
const SOONEST = 'PT1M';

/** How long until somebody is reminded again. */
export const pauseOf = (listAll: Duration): Duration =>
  milliseconds(listAll) < milliseconds(SOONEST) ? SOONEST : listAll;

/** When people hear of an action item: its owner before and after it is due, then the lead, then the manager. */
export const FollowUp = z.strictObject({
  remindBefore: Duration.default('P3D'),
  leadAfter: Duration.default('P1D'),
  managerAfter: Duration.default('P3D'),
  /** How often all of them hear again, once the manager has. */
  remindEvery: Duration.default('P7D'),
});
export type FollowUp = z.infer<typeof FollowUp>;
