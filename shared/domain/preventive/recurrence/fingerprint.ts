import * as z from 'zod';
import { Instant } from '../../time.ts';

/** What an incident is known again by, kept by service, with what helped in the end. */
export const Fingerprint = z.looseObject({
  kind: z.literal('fingerprint'),
  serviceId: z.string(),
  incidentId: z.string(),
  clientId: z.string(),
  version: z.number().int().min(1),
  number: z.number().int(),
  title: z.string(),
  openedAt: Instant,
  /** The alert that opened it: `<integration id>/<dedup key>`, hashed. Absent when it was opened by hand. */
  alertKey: z.string().optional(),
  /** The words of its title and summary, without numbers and other chance. */
  words: z.array(z.string()).max(60),
  causeIds: z.array(z.string()).max(20),
  /** What was said to have helped: by whoever contained or resolved it, then by its review. */
  helped: z.string().optional(),
  reviewId: z.string().optional(),
});
export type Fingerprint = z.infer<typeof Fingerprint>;

/**
 * The last incident of an alert whose review has named causes: what an alert comes of is known however much has
 * happened to its service since.
 */
export const KnownAlert = z.looseObject({
  kind: z.literal('known-alert'),
  alertKey: z.string(),
  clientId: z.string(),
  serviceId: z.string(),
  incidentId: z.string(),
});
export type KnownAlert = z.infer<typeof KnownAlert>;

/** What a new incident looks like, as its page says it. */
export const SimilarIncidents = z.looseObject({
  kind: z.literal('similar-incidents'),
  incidentId: z.string(),
  clientId: z.string(),
  at: Instant,
  to: z
    .array(
      z.looseObject({
        incidentId: z.string(),
        number: z.number().int(),
        title: z.string(),
        openedAt: Instant,
        because: z.array(z.enum(['alert-key', 'cause', 'text'])),
        helped: z.string().optional(),
        causeIds: z.array(z.string()),
        reviewId: z.string().optional(),
      }),
    )
    .max(3),
});
export type SimilarIncidents = z.infer<typeof SimilarIncidents>;
