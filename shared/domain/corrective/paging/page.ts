import * as z from 'zod';
import { Channel } from '../../channels/channel.ts';
import { Severity } from '../../outbox/severity.ts';
import { Instant } from '../../time.ts';

/** Why somebody is paged: their turn, a colleague's call for help, news for who answered, or nobody else is left. */
export const PagePurpose = z.enum(['step', 'help', 'joined', 'fallback']);
export type PagePurpose = z.infer<typeof PagePurpose>;

/**
 * One promise to reach one person by one method; its own outbox item. On the due index (it has a `dueAt`) until it
 * is handed over, skipped or given up.
 */
export const Page = z.looseObject({
  kind: z.literal('page'),
  incidentId: z.string(),
  /** Names the promise within its incident: where in the escalation, who, how. The same promise cannot be made twice. */
  promise: z.string(),
  /** `pag_…`, a hash of the incident and the promise. */
  id: z.string(),
  clientId: z.string(),
  purpose: PagePurpose,
  /** Pages of another generation than the incident's are skipped. */
  generation: z.number().int(),
  loop: z.number().int(),
  step: z.number().int(),
  personId: z.string().optional(),
  personName: z.string(),
  methodId: z.string(),
  channel: Channel,
  address: z.string(),
  severity: Severity,
  /** What the text needs, so that sending joins nothing: the incident's number, title, service and client. */
  about: z.looseObject({
    number: z.number().int(),
    title: z.string(),
    service: z.string(),
    client: z.string(),
    openedAt: Instant,
  }),
  /** The number that answers by text: `1a`. Only on texts, where replies are possible. */
  code: z.number().int().optional(),
  state: z.enum(['promised', 'claimed', 'handed-over', 'delivered', 'failed', 'given-up', 'skipped']),
  attempts: z.number().int(),
  /** Moves on with every claim and with what came of it; absent until the first. */
  version: z.number().int().optional(),
  promisedAt: Instant,
  /** When it is due, or due again: the end of the lease while it is claimed, the next try after a failure. */
  dueAt: Instant.optional(),
  /** The alert that set it off, when it is the first page of an incident: to measure alert to page. */
  alertAcceptedAt: Instant.optional(),
  handedOverAt: Instant.optional(),
  /** What the channel calls the message. */
  reference: z.string().optional(),
  lastError: z.string().optional(),
});
export type Page = z.infer<typeof Page>;

/** Whether nothing more is due: what comes of an earlier try changes it no more. */
export const isSettled = ({ state }: Page): boolean =>
  state === 'handed-over' || state === 'delivered' || state === 'given-up' || state === 'skipped';

/** The number by which one phone answers one incident; not given to another for 7 days after its last use. */
export const SmsCode = z.looseObject({
  kind: z.literal('sms-code'),
  phone: z.string(),
  code: z.number().int(),
  incidentId: z.string(),
  clientId: z.string(),
  personId: z.string().optional(),
  /** When another incident may have it. */
  freeAt: Instant,
  version: z.number().int(),
  expiresAt: z.number().optional(),
});
export type SmsCode = z.infer<typeof SmsCode>;

/** The other way round: which code an incident has on a phone. */
export const PhoneIncident = z.looseObject({
  kind: z.literal('phone-incident'),
  phone: z.string(),
  incidentId: z.string(),
  code: z.number().int(),
  expiresAt: z.number(),
});
export type PhoneIncident = z.infer<typeof PhoneIncident>;
