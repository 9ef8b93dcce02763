import * as z from 'zod';
import { Actor } from '../../outbox/actor.ts';
import { Instant } from '../../time.ts';
import { Technique } from '../review/review.ts';

/** What kind of thing a cause is. */
export const CauseType = z.enum([
  'change',
  'defect',
  'configuration',
  'capacity',
  'dependency',
  'provider',
  'process',
  'knowledge',
  'monitoring',
  'security',
  'unknown',
]);
export type CauseType = z.infer<typeof CauseType>;

/** What a first finding answers: the review's problem itself. */
export const PROBLEM = 'problem';

export const FishboneCategory = z.enum([
  'people',
  'process',
  'technology',
  'environment',
  'provider',
  'measurement',
]);

/**
 * One node of a review's analysis. With five whys it answers one or more whys before it (or the problem) and may
 * branch; a leaf that is a cause says of which type. The other techniques use the same graph: a fishbone's findings
 * have a category, a fault tree's a gate, a timeline's an instant.
 */
export const Finding = z.looseObject({
  kind: z.literal('finding'),
  reviewId: z.string(),
  /** `fnd_…` */
  id: z.string(),
  clientId: z.string(),
  version: z.number().int().min(1),
  createdAt: Instant,
  updatedAt: Instant,
  technique: Technique.exclude(['free-text']),
  text: z.string(),
  /** Ids of the findings that this one answers, or `problem`. Empty only on a timeline. */
  answers: z.array(z.string()).max(10),
  category: FishboneCategory.optional(),
  /** How what answers this one brings it about: all of it together, or any of it. */
  gate: z.enum(['and', 'or']).optional(),
  /** When it happened. */
  at: Instant.optional(),
  evidenceIds: z.array(z.string()).max(20),
  /** It is a cause, known under this id wherever it comes up again. */
  cause: z.looseObject({ id: z.string(), type: CauseType }).optional(),
  writtenBy: Actor,
});
export type Finding = z.infer<typeof Finding>;
