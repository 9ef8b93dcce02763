import { answer } from '../../domain/corrective/provider-tickets/answering.ts';
import type { ProviderTicket } from '../../domain/corrective/provider-tickets/provider-ticket.ts';
import type { Invocation } from '../../domain/id.ts';
import { oneLine } from '../../domain/one-line.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import { Refused } from '../../domain/refused.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import { change } from '../engine/reload-on-conflict.ts';
import type { Write } from '../engine/store-port.ts';
import { ticketWrites } from './ticket-writes.ts';

interface Link {
  subjectId: string;
  /** The provider's contact, or one of our own, as the notices name them. */
  recipientId: string;
}

/** One word is the number of a ticket; more than that is something to read. */
const REFERENCE = /^\S{1,60}$/;

const linked = async (ports: Ports, { subjectId, recipientId }: Link) => {
  const ticket = await ports.store.get({ kind: 'provider-ticket', id: subjectId });
  const theirs: Notice[] = [];
  for await (const notice of listAll(ports, { of: 'notice', subjectId }))
    if (notice.to.id === recipientId) theirs.push(notice);
  const recipient = theirs[0]?.to;
  if (!ticket || !recipient) throw new Refused('not-found', 'This link does not work.');
  return { ticket, theirs, recipient };
};

/** What whoever holds a notice's link sees. The link itself is checked by whoever calls. Changes nothing. */
export const viewTicket = async (
  ports: Ports,
  link: Link,
): Promise<{ ticket: ProviderTicket; recipientName: string }> => {
  const { ticket, recipient } = await linked(ports, link);
  return { ticket, recipientName: recipient.name };
};

/**
 * The holder of a notice's link says that the provider has it: answered, and what they were sent is acknowledged.
 * Gives the reason; `closed` and `already-…` change nothing about the ticket.
 */
export const answerTicketByLink = (
  ports: Ports,
  link: Link,
  said: { name?: string; answer?: string },
  invocation: Invocation,
): Promise<{ reason: string }> =>
  commitWithRetry(ports, async () => {
    const { ticket, theirs, recipient } = await linked(ports, link);
    if (ticket.status === 'closed') return { writes: [], result: { reason: 'closed' } };
    const name = oneLine(said.name ?? '') || recipient.name;
    const words = oneLine(said.answer ?? '');
    const actor = { kind: 'person' as const, id: recipient.id, name };
    const plan = answer(
      ticket,
      { actor, ...(REFERENCE.test(words) ? { reference: words } : { note: words }) },
      invocation,
    );
    const { writes } = ticketWrites(ticket, plan, invocation);
    const acknowledged = theirs.filter(isOpen).map((notice): Write => {
      const put = { ...notice, acknowledgedAt: invocation.now, acknowledgedBy: name };
      return change(notice, words ? { ...put, answer: words } : put);
    });
    return { writes: [...writes, ...acknowledged], result: { reason: plan.reason } };
  });

const isOpen = ({ state, acknowledgedAt }: Notice): boolean =>
  !acknowledgedAt && (state === 'handed-over' || state === 'delivered');
