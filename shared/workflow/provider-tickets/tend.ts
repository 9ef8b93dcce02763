import type { ProviderTicket } from '../../domain/corrective/provider-ticket.ts';
import { type Chase, chase, reportFailure } from '../../domain/corrective/provider-ticket-asking.ts';
import { isPromised, ourRecipient, tellFallback } from '../our-recipient.ts';
import type { Ports } from '../ports.ts';
import type { Tended } from '../subjects.ts';
import { providerOf } from './read.ts';
import { ticketWrites } from './ticket-writes.ts';

const ticketOf = (ports: Ports, id: string): Promise<ProviderTicket | undefined> =>
  ports.store.get({ kind: 'provider-ticket', id });

const around = async (ports: Ports, ticket: ProviderTicket): Promise<Chase> => {
  const [provider, asker] = await Promise.all([
    providerOf(ports, ticket),
    ourRecipient(ports, ticket.askedBy),
  ]);
  return { ticket, provider, asker };
};

/** A provider that does not answer in time is chased up its own levels. */
export const providerTickets: Tended = {
  generationOf: async (ports, subjectId) => (await ticketOf(ports, subjectId))?.generation,
  tend: async (ports, { subjectId, generation, task }, draw) => {
    const ticket = await ticketOf(ports, subjectId);
    if (!ticket) return { writes: [], result: 'ticket-is-gone' };
    if (ticket.generation !== generation) return { writes: [], result: 'answered-already' };
    if (task !== `chase:${ticket.chases + 1}`) return { writes: [], result: 'chased-already' };
    const plan = chase(await around(ports, ticket), {}, draw);
    return { writes: ticketWrites(ticket, plan, draw).writes, result: plan.reason };
  },
  noticeFailed: async (ports, notice, draw) => {
    const ticket = await ticketOf(ports, notice.subjectId);
    if (ticket?.status !== 'asked') return [];
    if (notice.to.ours) return tellFallback(ports, { of: ticket, notice }, draw);
    const plan = reportFailure(await around(ports, ticket), notice, draw);
    const [told] = plan.promises;
    if (told?.kind === 'notice' && (await isPromised(ports, told))) return [];
    return ticketWrites(ticket, plan, draw).writes;
  },
};
