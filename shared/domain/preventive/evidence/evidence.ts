import * as z from 'zod';
import { Name } from '../../aggregate.ts';
import { Actor } from '../../outbox/actor.ts';
import { Instant } from '../../time.ts';

export const EvidenceType = z.enum(['link', 'log-group', 'metric', 'file']);
export type EvidenceType = z.infer<typeof EvidenceType>;

/** What shows that something in a review is so, and who added it when. Never changed; it can be taken away. */
export const Evidence = z.looseObject({
  kind: z.literal('evidence'),
  reviewId: z.string(),
  /** `evd_…` */
  id: z.string(),
  clientId: z.string(),
  version: z.number().int().min(1),
  type: EvidenceType,
  title: Name,
  url: z.string().optional(),
  logGroup: z
    .looseObject({
      name: z.string(),
      region: z.string().optional(),
      from: Instant.optional(),
      to: Instant.optional(),
      query: z.string().optional(),
    })
    .optional(),
  /** A picture of a metric, or any file. It is evidence once it is there. */
  file: z
    .looseObject({
      name: z.string(),
      contentType: z.string(),
      /** Bytes. */
      size: z.number().int(),
      /** Where it is kept. */
      key: z.string(),
      arrivedAt: Instant.optional(),
    })
    .optional(),
  addedBy: Actor,
  addedAt: Instant,
});
export type Evidence = z.infer<typeof Evidence>;

/** A file counts once it has arrived; everything else does at once. */
export const isThere = ({ file }: Pick<Evidence, 'file'>): boolean => !file || file.arrivedAt !== undefined;
