import * as z from 'zod';
import { aggregate, Name } from '../aggregate.ts';
import { Duration } from '../time.ts';

/** A system that we run for a client, and how alerts about it become incidents. */
export const Service = z.looseObject({
  ...aggregate('service'),
  clientId: z.string(),
  name: Name,
  escalationPolicyId: z.string(),
  /** Who hosts it. */
  providerId: z.string().optional(),
  /** How long after an incident opened other alerts of the service join it. `PT0S`: they never do. */
  groupingWindow: Duration,
  /** How long after an incident was resolved a repeat of its alert opens it again. `PT0S`: never. */
  reopenWindow: Duration,
});
export type Service = z.infer<typeof Service>;

export const ServiceBody = z.strictObject({
  clientId: z.string(),
  name: Name,
  escalationPolicyId: z.string(),
  providerId: z.string().optional(),
  groupingWindow: Duration.default('PT0S'),
  reopenWindow: Duration.default('PT0S'),
});
export type ServiceBody = z.infer<typeof ServiceBody>;
