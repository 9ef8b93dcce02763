import type { ProviderTicket } from '../../domain/corrective/provider-ticket.ts';
import { scribe } from '../../domain/corrective/scribe.ts';
import type { Actor } from '../../domain/corrective/timeline.ts';
import type { Draw } from '../../domain/id.ts';
import type { HistoryEntry } from '../../domain/proactive/notice.ts';
import type { Plan } from '../../domain/proactive/plan.ts';
import { planWrites } from '../plan-writes.ts';
import type { Write } from '../store-port.ts';

/** What a plan for a ticket writes; each step is told in the timeline of its incident too, where it has one. */
export const ticketWrites = (
  before: ProviderTicket | undefined,
  plan: Plan<ProviderTicket>,
  draw: Draw,
): { writes: Write[]; state: ProviderTicket } => {
  const { writes, state } = planWrites(before, plan, draw);
  return { writes: [...writes, ...inTimeline(state, plan.history, draw)], state };
};

const inTimeline = (ticket: ProviderTicket, history: HistoryEntry[], draw: Draw): Write[] => {
  if (!ticket.incidentId) return [];
  const story = scribe({ id: ticket.incidentId, clientId: ticket.clientId }, draw);
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
