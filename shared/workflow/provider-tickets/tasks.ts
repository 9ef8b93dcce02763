import { type Chase, chase, reportFailure } from '../../domain/corrective/provider-tickets/asking.ts';
import type { ProviderTicket } from '../../domain/corrective/provider-tickets/provider-ticket.ts';
import { isPromised, notifyFallback, ourRecipient } from '../engine/our-recipient.ts';
import type { Ports } from '../engine/ports.ts';
import type { SubjectHandler } from '../engine/subjects.ts';
import { providerOf } from './read.ts';
import { ticketWrites } from './ticket-writes.ts';

const ticketOf = (ports: Ports, id: string): Promise<ProviderTicket | undefined> =>
  ports.store.get({ kind: 'provider-ticket', id });

const context = async (ports: Ports, ticket: ProviderTicket): Promise<Chase> => {
  const [provider, asker] = await Promise.all([
    providerOf(ports, ticket),
    ourRecipient(ports, ticket.askedBy),
  ]);
  return { ticket, provider, asker };
};

/** A provider that does not answer in time is chased up its own levels. */
export const providerTickets: SubjectHandler = {
  generationOf: async (ports, subjectId) => (await ticketOf(ports, subjectId))?.generation,
  runTask: async (ports, { subjectId, generation, task }, invocation) => {
    const ticket = await ticketOf(ports, subjectId);
    if (!ticket) return { writes: [], result: 'ticket-is-gone' };
    if (ticket.generation !== generation) return { writes: [], result: 'answered-already' };
    if (task !== `chase:${ticket.chases + 1}`) return { writes: [], result: 'chased-already' };
    const plan = chase(await context(ports, ticket), {}, invocation);
    return { writes: ticketWrites(ticket, plan, invocation).writes, result: plan.reason };
  },
  noticeFailed: async (ports, notice, invocation) => {
    const ticket = await ticketOf(ports, notice.subjectId);
    if (ticket?.status !== 'asked') return [];
    if (notice.to.ours) return notifyFallback(ports, { of: ticket, notice }, invocation);
    const plan = reportFailure(await context(ports, ticket), notice, invocation);
    const [told] = plan.outbox;
    if (told?.kind === 'notice' && (await isPromised(ports, told))) return [];
    return ticketWrites(ticket, plan, invocation).writes;
  },
};
