import * as z from 'zod';
import { aggregate, Name, Text } from '../../aggregate.ts';
import { ContactType } from '../../directory/provider.ts';
import { Duration, Instant } from '../../time.ts';

const fields = {
  clientId: z.string(),
  providerId: z.string(),
  /** The incident that it is asked for, if there is one. */
  incidentId: z.string().optional(),
  subject: Name,
  text: Text,
  /** One of the provider's own priorities; it says how soon they promise to answer. */
  priority: Name,
  way: ContactType,
  /** Which of the provider's contacts; the first of that way, unless told. */
  contactId: z.string().optional(),
  /** Who asks, and is told when it is time to chase. */
  askedBy: z.string(),
  /** The provider's own number for it. */
  reference: z.string().max(200).optional(),
};

/** A question to a hosting provider, under their own promise to answer. */
export const ProviderTicket = z.looseObject({
  ...aggregate('provider-ticket'),
  ...fields,
  providerName: z.string(),
  status: z.enum(['asked', 'answered', 'closed']),
  generation: z.number().int(),
  /** Which of the provider's levels has it; moves up with every chase. */
  level: z.number().int(),
  within: Duration,
  askedAt: Instant,
  answerDueAt: Instant,
  answeredAt: Instant.optional(),
  closedAt: Instant.optional(),
  chases: z.number().int(),
});
export type ProviderTicket = z.infer<typeof ProviderTicket>;

export const ProviderTicketBody = z.strictObject(fields);
export type ProviderTicketBody = z.infer<typeof ProviderTicketBody>;
