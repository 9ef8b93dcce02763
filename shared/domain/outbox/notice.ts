import * as z from 'zod';
import { Channel } from '../channels/channel.ts';
import { Instant } from '../time.ts';

/** Where the one-tap link goes in a notice's words: they are kept as proof, and the link's token is kept nowhere. */
export const LINK_HERE = '{{link}}';

/**
 * One message about something planned or asked, to a provider or to one of our own, with the proof of it: to whom,
 * when, which text, what came back. Its own outbox item, like a page; on the due index until it is handed over,
 * skipped or given up. It stays.
 */
export const Notice = z.looseObject({
  kind: z.literal('notice'),
  /** What it is about: a traffic event, a provider ticket or a provider. */
  subjectId: z.string(),
  /** Names the promise within its subject: which occasion, to whom. The same promise cannot be made twice. */
  promise: z.string(),
  /** `ntc_…`, a hash of the subject and the promise. */
  id: z.string(),
  clientId: z.string(),
  /** The subject's generation that it belongs to; of another one it is skipped. */
  generation: z.number().int(),
  /** Why it is sent: `announcement`, `asked-again`, `change`, `cancellation`, `day-before`, `cover`, `chase` … */
  occasion: z.string(),
  providerId: z.string().optional(),
  to: z.looseObject({
    /** The provider's contact, or the person; also who the one-tap link is made for. */
    id: z.string(),
    name: z.string(),
    channel: Channel,
    address: z.string(),
    ours: z.boolean(),
  }),
  subject: z.string(),
  text: z.string(),
  state: z.enum(['promised', 'claimed', 'handed-over', 'delivered', 'failed', 'given-up', 'skipped']),
  attempts: z.number().int(),
  /** Moves on with every claim and change, so that one is never written over by what was decided before it. */
  version: z.number().int().optional(),
  promisedAt: Instant,
  dueAt: Instant.optional(),
  handedOverAt: Instant.optional(),
  reference: z.string().optional(),
  lastError: z.string().optional(),
  acknowledgedAt: Instant.optional(),
  acknowledgedBy: z.string().optional(),
  answer: z.string().optional(),
});
export type Notice = z.infer<typeof Notice>;
