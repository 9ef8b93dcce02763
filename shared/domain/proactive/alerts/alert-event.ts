import * as z from 'zod';
import { Severity } from '../../outbox/severity.ts';
import { Instant } from '../../time.ts';

/** How bad it is: `sev1` is the worst. */

const Link = z.object({ href: z.string().max(2048), text: z.string().max(255).optional() });

/** What a monitor said, whichever format it spoke: the one shape every source turns its payload into. */
export const AlertEvent = z.object({
  action: z.enum(['trigger', 'acknowledge', 'resolve']),
  /** What the monitor calls the problem; unique within its integration. At most 512 characters. */
  dedupKey: z.string().min(1).max(512),
  /** One line for a person, at most 1,024 characters. Empty only on acknowledge and resolve. */
  summary: z.string().max(1024),
  severity: Severity,
  /** The severity in the source's own word, kept as it came. */
  sourceSeverity: z.string().max(100).optional(),
  /** What is affected, as the monitor names it: a host, an alarm, a site. */
  origin: z.string().max(1024).optional(),
  /** When the monitor says that it happened; for people. Never for ordering: that takes `saidAt` or `episode`. */
  at: Instant.optional(),
  /** The start of this episode, from sources that name it; only then may a late trigger be dropped as old. */
  episode: Instant.optional(),
  /** When this episode was over, on a resolve of such a source. */
  until: Instant.optional(),
  /**
   * When the problem came to the state that this event tells of, from sources that name it for every state and never
   * go back: only then is what is older than the last one dropped, be it trigger or resolve.
   */
  saidAt: Instant.optional(),
  links: z.array(Link).max(20).optional(),
  /** Whatever else the monitor said, for people to read; cut to 4 KB of JSON text. */
  details: z.record(z.string(), z.unknown()).optional(),
});
export type AlertEvent = z.infer<typeof AlertEvent>;

/** Something that changed (a deploy, a switch): shown beside incidents, never pages. */
export const ChangeEvent = z.object({
  summary: z.string().min(1).max(1024),
  origin: z.string().max(1024).optional(),
  at: Instant.optional(),
  links: z.array(Link).max(20).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type ChangeEvent = z.infer<typeof ChangeEvent>;
