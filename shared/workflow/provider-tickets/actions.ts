import { answer, close, refer, requireOpen } from '../../domain/corrective/provider-tickets/answering.ts';
import { chase } from '../../domain/corrective/provider-tickets/asking.ts';
import type { ProviderTicket } from '../../domain/corrective/provider-tickets/provider-ticket.ts';
import type { Actor } from '../../domain/outbox/actor.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import { Refused } from '../../domain/refused.ts';
import { requireVersion, type Writer } from '../directory/crud.ts';
import { actorBy } from '../engine/actor-by.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { findFor } from '../engine/find-for.ts';
import { ourRecipient } from '../engine/our-recipient.ts';
import type { Ports } from '../engine/ports.ts';
import { providerOf, type TicketView, withContact } from './read.ts';
import { ticketWrites } from './ticket-writes.ts';

export interface ActionBody {
  by?: string | undefined;
  reference?: string | undefined;
  note?: string | undefined;
}

interface Action {
  id: string;
  by?: string | undefined;
  decide(ticket: ProviderTicket, actor: Actor): Promise<Decision<ProviderTicket>>;
}

/** Moves a ticket for an API's caller. Doing what is done already is an outcome too. */
const move = (ports: Ports, caller: Writer, { id, by, decide }: Action): Promise<TicketView> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation, ifMatch } = caller;
      const before = await findFor(ports, principal, { kind: 'provider-ticket', id, role: 'write' });
      requireVersion(before, ifMatch);
      const plan = await decide(before, await actorBy(ports, caller, by));
      const { writes, state } = ticketWrites(before, plan, invocation);
      return { writes, result: withContact(state, await providerOf(ports, state)) };
    },
    caller,
  );

export const answerTicket = (ports: Ports, caller: Writer, { id, body }: { id: string; body: ActionBody }) =>
  move(ports, caller, {
    id,
    by: body.by,
    decide: async (ticket, actor) => answer(ticket, { actor, ...body }, caller.invocation),
  });

export const closeTicket = (ports: Ports, caller: Writer, { id, body }: { id: string; body: ActionBody }) =>
  move(ports, caller, {
    id,
    by: body.by,
    decide: async (ticket, actor) => close(ticket, { actor, ...body }, caller.invocation),
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
        caller.invocation,
      ),
  });

/** Chases by hand, without waiting for the time. @throws Refused `illegal-move` once it is answered. */
export const chaseTicket = (ports: Ports, caller: Writer, { id, body }: { id: string; body: ActionBody }) =>
  move(ports, caller, {
    id,
    by: body.by,
    decide: async (ticket, actor) => {
      requireOpen(ticket, 'chased');
      if (ticket.status === 'answered')
        throw new Refused(
          'illegal-move',
          `${ticket.providerName} has already answered. There is nothing to escalate.`,
        );
      const [provider, asker] = await Promise.all([
        providerOf(ports, ticket),
        ourRecipient(ports, ticket.askedBy),
      ]);
      return chase({ ticket, provider, asker }, { actor, note: body.note }, caller.invocation);
    },
  });
