import { timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import type { ProviderTicket } from '../../domain/corrective/provider-tickets/provider-ticket.ts';
import type { Invocation } from '../../domain/id.ts';
import type { Actor } from '../../domain/outbox/actor.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Write } from '../engine/store-port.ts';

/** What a plan for a ticket writes; each step is told in the timeline of its incident too, where it has one. */
export const ticketWrites = (
  before: ProviderTicket | undefined,
  plan: Decision<ProviderTicket>,
  invocation: Invocation,
): { writes: Write[]; state: ProviderTicket } => {
  const { writes, state } = planWrites(before, plan, invocation);
  return { writes: [...writes, ...inTimeline(state, plan.history, invocation)], state };
};

const inTimeline = (ticket: ProviderTicket, history: HistoryEntry[], invocation: Invocation): Write[] => {
  if (!ticket.incidentId) return [];
  const story = timelineOf({ id: ticket.incidentId, clientId: ticket.clientId }, invocation);
  for (const { text, reason, actor } of history)
    story.write({
      what: 'note',
      text,
      reason,
      actor: actor as Actor,
      refersTo: { ticketId: ticket.id, providerId: ticket.providerId },
    });
  return story.entries.map((put): Write => ({ put }));
};
