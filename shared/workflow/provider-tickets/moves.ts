import type { ProviderTicket } from '../../domain/corrective/provider-ticket.ts';
import { answer, close, insistThatOpen, refer } from '../../domain/corrective/provider-ticket-answering.ts';
import { chase } from '../../domain/corrective/provider-ticket-asking.ts';
import type { Actor } from '../../domain/corrective/timeline.ts';
import type { Plan } from '../../domain/proactive/plan.ts';
import { Refused } from '../../domain/refused.ts';
import { actorBy } from '../actor-by.ts';
import { decideAgain } from '../commit.ts';
import { insistOnVersion, type Writer } from '../directory/keep.ts';
import { findFor } from '../find-for.ts';
import { ourRecipient } from '../our-recipient.ts';
import type { Ports } from '../ports.ts';
import { providerOf, type TicketView, withContact } from './read.ts';
import { ticketWrites } from './ticket-writes.ts';

export interface MoveBody {
  by?: string | undefined;
  reference?: string | undefined;
  note?: string | undefined;
}

interface Move {
  id: string;
  by?: string | undefined;
  decide(ticket: ProviderTicket, actor: Actor): Promise<Plan<ProviderTicket>>;
}

/** Moves a ticket for an API's caller. Doing what is done already is an outcome too. */
const move = (ports: Ports, caller: Writer, { id, by, decide }: Move): Promise<TicketView> =>
  decideAgain(
    ports,
    async () => {
      const { principal, draw, ifMatch } = caller;
      const before = await findFor(ports, principal, { kind: 'provider-ticket', id, role: 'write' });
      insistOnVersion(before, ifMatch);
      const plan = await decide(before, await actorBy(ports, caller, by));
      const { writes, state } = ticketWrites(before, plan, draw);
      return { writes, result: withContact(state, await providerOf(ports, state)) };
    },
    caller,
  );

export const answerTicket = (ports: Ports, caller: Writer, { id, body }: { id: string; body: MoveBody }) =>
  move(ports, caller, {
    id,
    by: body.by,
    decide: async (ticket, actor) => answer(ticket, { actor, ...body }, caller.draw),
  });

export const closeTicket = (ports: Ports, caller: Writer, { id, body }: { id: string; body: MoveBody }) =>
  move(ports, caller, {
    id,
    by: body.by,
    decide: async (ticket, actor) => close(ticket, { actor, ...body }, caller.draw),
  });

export const referTicket = (
  ports: Ports,
  caller: Writer,
  { id, reference }: { id: string; reference: string | null | undefined },
) =>
  move(ports, caller, {
    id,
    decide: async (ticket, actor) =>
      refer(
        ticket,
        { actor, reference: reference === undefined ? ticket.reference : (reference ?? undefined) },
        caller.draw,
      ),
  });

/** Chases by hand, without waiting for the time. @throws Refused `illegal-move` once it is answered. */
export const chaseTicket = (ports: Ports, caller: Writer, { id, body }: { id: string; body: MoveBody }) =>
  move(ports, caller, {
    id,
    by: body.by,
    decide: async (ticket, actor) => {
      insistThatOpen(ticket, 'chased');
      if (ticket.status === 'answered')
        throw new Refused('illegal-move', `${ticket.providerName} has answered: there is nothing to chase.`);
      const [provider, asker] = await Promise.all([
        providerOf(ports, ticket),
        ourRecipient(ports, ticket.askedBy),
      ]);
      return chase({ ticket, provider, asker }, { actor, note: body.note }, caller.draw);
    },
  });
