import type { Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { historyWriter } from '../../outbox/history.ts';
import { Refused } from '../../refused.ts';
import type { ProviderTicket } from './provider-ticket.ts';

type TicketPlan = Decision<ProviderTicket>;

/** Refuses what makes no sense any more. */
export const requireOpen = ({ status }: ProviderTicket, done: string): void => {
  if (status === 'closed') throw new Refused('illegal-move', `This ticket is closed and cannot be ${done}.`);
};

interface Answer {
  actor: Actor;
  reference?: string | undefined;
  note?: string | undefined;
}

/** The provider has it: nobody chases any more. A reference that comes later is kept too. */
export const answer = (
  ticket: ProviderTicket,
  { actor, reference, note }: Answer,
  invocation: Invocation,
): TicketPlan => {
  requireOpen(ticket, 'answered');
  if (ticket.status === 'answered')
    return reference ? refer(ticket, { actor, reference }, invocation) : nothing(ticket, 'already-answered');
  const history = historyWriter(ticket, invocation);
  const number = reference ? ` Their reference: ${reference}.` : '';
  const text = `${ticket.providerName} has answered, says ${actor.name ?? actor.id}.${number}${note ? ` ${note}` : ''}`;
  history.write({ what: 'answered', text, reason: 'answered', actor });
  const state: ProviderTicket = {
    ...ticket,
    ...(reference ? { reference } : {}),
    status: 'answered',
    answeredAt: invocation.now,
    generation: ticket.generation + 1,
  };
  return { state, history: history.entries, outbox: [], reason: 'answered' };
};

/** Closes the ticket. */
export const close = (
  ticket: ProviderTicket,
  { actor, note }: Answer,
  invocation: Invocation,
): TicketPlan => {
  if (ticket.status === 'closed') return nothing(ticket, 'already-closed');
  const history = historyWriter(ticket, invocation);
  const text = `Closed by ${actor.name ?? actor.id}.${note ? ` ${note}` : ''}`;
  history.write({ what: 'closed', text, reason: 'closed', actor });
  const state: ProviderTicket = {
    ...ticket,
    status: 'closed',
    closedAt: invocation.now,
    generation: ticket.generation + 1,
  };
  return { state, history: history.entries, outbox: [], reason: 'closed' };
};

/** The provider's own number for it; an empty one takes it away. */
export const refer = (
  ticket: ProviderTicket,
  { actor, reference }: { actor: Actor; reference: string | undefined },
  invocation: Invocation,
): TicketPlan => {
  if (ticket.reference === reference) return nothing(ticket, 'already-so');
  const history = historyWriter(ticket, invocation);
  const text = reference ? `Their reference: ${reference}.` : 'Their reference was removed.';
  history.write({ what: 'referred', text, reason: 'reference-changed', actor });
  return {
    state: { ...ticket, reference },
    history: history.entries,
    outbox: [],
    reason: 'reference-changed',
  };
};
