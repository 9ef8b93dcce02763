import * as z from 'zod';
import { aggregate, Name, Text } from '../../aggregate.ts';
import { Instant } from '../../time.ts';
import { TimeZone } from '../../time-zone.ts';

const Load = z.strictObject({
  requestsPerSecond: z.number().min(0).max(1e9).optional(),
  concurrentUsers: z.number().int().min(0).max(1e9).optional(),
});
const Page = z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(500);
const Address = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  'must be an IP address or a CIDR range',
);
const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'must be a local date and time such as 2026-11-27T09:00');

export const TrafficKind = z.enum(['launch', 'campaign', 'sale', 'load-test', 'penetration-test']);
export type TrafficKind = z.infer<typeof TrafficKind>;

/** What is ticked off before: cache, logs exported, upsize agreed, runbook read, rollback known, and one's own. */
export const PreCheck = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  label: Name,
  doneAt: Instant.optional(),
  doneBy: z.string().optional(),
});
export type PreCheck = z.infer<typeof PreCheck>;

export const PRE_CHECKS: PreCheck[] = [
  { id: 'cache', label: 'The cache is warm, and covers the pages that will be hit' },
  { id: 'logs-exported', label: 'Logs are exported, for they may not survive an upsize' },
  { id: 'upsize-agreed', label: 'An upsize is agreed with the provider, or known not to be needed' },
  { id: 'runbook-read', label: 'The on-call responder has read the runbook' },
  { id: 'rollback-known', label: 'A rollback plan exists, and its owner is known' },
];

const fields = {
  clientId: z.string(),
  name: Name,
  type: TrafficKind,
  serviceIds: z.array(z.string()).min(1).max(20),
  timeZone: TimeZone,
  /** Wall-clock times in `timeZone`. */
  startsAt: LocalTime,
  endsAt: LocalTime,
  baseline: Load.optional(),
  expectedPeak: Load.optional(),
  /** Visitors who are not signed in, in percent. */
  anonymousShare: z.number().int().min(0).max(100).optional(),
  urls: z.array(Page).max(50).optional(),
  /** Of tests: where they come from, and how they are done. */
  sourceIps: z.array(Address).max(100).optional(),
  method: Text.optional(),
  businessContact: z
    .strictObject({ name: Name, email: z.email().max(254), phone: z.string().max(40).optional() })
    .optional(),
  /** Who completes it, and is reminded. */
  ownerId: z.string(),
  /** The project manager, who is told when a deadline nears without an answer. */
  managerId: z.string(),
  /** A schedule of its own for the day, beside the services' policies. */
  coverScheduleId: z.string().optional(),
  notes: z.string().max(4000).optional(),
};

/** Where the notice to one provider stands. */
export const ProviderNotice = z.looseObject({
  providerId: z.string(),
  providerName: z.string(),
  /** The last moment that gives the provider its lead time. */
  deadline: Instant,
  /** It was too late for that lead time when it was planned (or moved). */
  late: z.boolean(),
  /** `incomplete`: fields are missing; `unreachable`: nobody to write to; `failed`: nothing arrived. */
  state: z.enum(['incomplete', 'unreachable', 'sent', 'acknowledged', 'failed', 'withdrawn']),
  /** Fields that this provider asks for and that are missing. */
  missing: z.array(z.string()),
  sentAt: Instant.optional(),
  acknowledgedAt: Instant.optional(),
  acknowledgedBy: z.string().optional(),
  /** What the provider said with it: a ticket number, an upsize, a no. */
  answer: z.string().optional(),
  /** Which recipient acknowledged it; absent when somebody of ours was told by phone. */
  acknowledgedFrom: z.string().optional(),
  /** How often it was sent; names the promise, so that nothing is sent twice. */
  asked: z.number().int(),
});
export type ProviderNotice = z.infer<typeof ProviderNotice>;

/** Load that we know is coming. */
export const TrafficEvent = z.looseObject({
  ...aggregate('traffic-event'),
  ...fields,
  start: Instant,
  end: Instant,
  status: z.enum(['planned', 'cancelled', 'over']),
  /** Moves on whenever the times move, it is cancelled, or it is over: older timers and notices die by themselves. */
  generation: z.number().int(),
  /** When the generation began, unless it is the first. */
  movedAt: Instant.optional(),
  notices: z.array(ProviderNotice),
  preChecks: z.array(PreCheck).max(30),
  outcome: z
    .looseObject({ peak: Load.optional(), problems: z.string(), at: Instant, by: z.string() })
    .optional(),
});
export type TrafficEvent = z.infer<typeof TrafficEvent>;

export const TrafficEventBody = z.strictObject({
  ...fields,
  preChecks: z
    .array(PreCheck.pick({ id: true, label: true }))
    .max(30)
    .optional(),
});
export type TrafficEventBody = z.infer<typeof TrafficEventBody>;

export const OutcomeBody = z.strictObject({ peak: Load.optional(), problems: z.string().max(4000) });
export type OutcomeBody = z.infer<typeof OutcomeBody>;
