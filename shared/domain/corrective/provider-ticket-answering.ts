import type { Draw } from '../id.ts';
import { chronicle } from '../proactive/chronicle.ts';
import type { Plan } from '../proactive/plan.ts';
import { nothing } from '../proactive/planner.ts';
import { Refused } from '../refused.ts';
import type { ProviderTicket } from './provider-ticket.ts';
import type { Actor } from './timeline.ts';

type TicketPlan = Plan<ProviderTicket>;

/** Refuses what makes no sense any more. */
export const insistThatOpen = ({ status }: ProviderTicket, done: string): void => {
  if (status === 'closed') throw new Refused('illegal-move', `A ticket that is closed cannot be ${done}.`);
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
  draw: Draw,
): TicketPlan => {
  insistThatOpen(ticket, 'answered');
  if (ticket.status === 'answered')
    return reference ? refer(ticket, { actor, reference }, draw) : nothing(ticket, 'already-answered');
  const story = chronicle(ticket, draw);
  const number = reference ? ` Their reference: ${reference}.` : '';
  const text = `${ticket.providerName} has answered, says ${actor.name ?? actor.id}.${number}${note ? ` ${note}` : ''}`;
  story.write({ what: 'answered', text, reason: 'answered', actor });
  const state: ProviderTicket = {
    ...ticket,
    ...(reference ? { reference } : {}),
    status: 'answered',
    answeredAt: draw.now,
    generation: ticket.generation + 1,
  };
  return { state, history: story.entries, promises: [], reason: 'answered' };
};

/** Nothing more will come of it. */
export const close = (ticket: ProviderTicket, { actor, note }: Answer, draw: Draw): TicketPlan => {
  if (ticket.status === 'closed') return nothing(ticket, 'already-closed');
  const story = chronicle(ticket, draw);
  const text = `Closed by ${actor.name ?? actor.id}.${note ? ` ${note}` : ''}`;
  story.write({ what: 'closed', text, reason: 'closed', actor });
  const state: ProviderTicket = {
    ...ticket,
    status: 'closed',
    closedAt: draw.now,
    generation: ticket.generation + 1,
  };
  return { state, history: story.entries, promises: [], reason: 'closed' };
};

/** The provider's own number for it; an empty one takes it away. */
export const refer = (
  ticket: ProviderTicket,
  { actor, reference }: { actor: Actor; reference: string | undefined },
  draw: Draw,
): TicketPlan => {
  if (ticket.reference === reference) return nothing(ticket, 'already-so');
  const story = chronicle(ticket, draw);
  const text = reference ? `Their reference: ${reference}.` : 'Their reference was taken away.';
  story.write({ what: 'referred', text, reason: 'reference-changed', actor });
  return {
    state: { ...ticket, reference },
    history: story.entries,
    promises: [],
    reason: 'reference-changed',
  };
};
