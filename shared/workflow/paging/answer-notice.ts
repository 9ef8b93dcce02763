import type { ProviderTicket } from '../../domain/corrective/provider-tickets/provider-ticket.ts';
import type { Invocation } from '../../domain/id.ts';
import { basicFacts, type Fact, factsFor } from '../../domain/proactive/traffic/facts.ts';
import type { ProviderNotice, TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import { Refused } from '../../domain/refused.ts';
import type { ActionView } from '../action-items/by-notice.ts';
import type { Ports } from '../engine/ports.ts';
import { answerTicketByLink, viewTicket } from '../provider-tickets/answer.ts';
import type { PublicationView, ReviewView } from '../reviews/by-notice.ts';
import { acknowledgeNotice, viewNotice } from '../traffic/acknowledge.ts';
import { clientNamed, servicesOf } from '../traffic/planned.ts';
import { opensLink } from './links.ts';
import type { Answered, Answering, NoticeLink, Said } from './notice-answering.ts';

/** Planned traffic, as the contact of one provider sees it. */
export interface TrafficView {
  of: 'traffic';
  event: TrafficEvent;
  notice: ProviderNotice;
  clientName: string;
  recipientName: string;
  /** What this provider is told, as it is now. */
  facts: Fact[];
}

/** A question to a provider, as whoever is asked or told of it sees it. */
export interface TicketView {
  of: 'ticket';
  ticket: ProviderTicket;
  clientName: string;
  recipientName: string;
  /** One of our own looks, who may say that the provider has answered. */
  ours: boolean;
}

export type NoticeView = TrafficView | TicketView | ReviewView | PublicationView | ActionView;

/** @throws Refused `not-found` unless the link was made here for this subject and contact. */
const requireLink = async (ports: Ports, { subjectId, recipientId, token }: NoticeLink): Promise<void> => {
  const subject = { incidentId: subjectId, personId: recipientId, purpose: 'notice' as const };
  if (!(await opensLink(ports, subject, token))) throw new Refused('not-found', 'This link does not work.');
};

const trafficView = async (ports: Ports, link: NoticeLink): Promise<TrafficView> => {
  const { event, notice, recipientName } = await viewNotice(ports, link);
  const [clientName, services, provider] = await Promise.all([
    clientNamed(ports, event.clientId),
    servicesOf(ports, event),
    ports.store.get({ kind: 'provider', id: notice.providerId }),
  ]);
  const facts = provider ? factsFor(event, provider, services) : basicFacts(event, []);
  return { of: 'traffic', event, notice, clientName, recipientName, facts };
};

const ticketView = async (ports: Ports, link: NoticeLink): Promise<TicketView> => {
  const { ticket, recipientName } = await viewTicket(ports, link);
  const clientName = await clientNamed(ports, ticket.clientId);
  const ours = link.recipientId === 'fallback' || link.recipientId.startsWith('per_');
  return { of: 'ticket', ticket, clientName, recipientName, ours };
};

const wordsOf = ({ name, answer }: Said) => ({ ...(name ? { name } : {}), ...(answer ? { answer } : {}) });

const traffic: Answering<TrafficView> = {
  view: trafficView,
  answer: async (ports, { link, said }, invocation) => {
    const before = await trafficView(ports, link);
    const inVain = rejectionReason(before, said);
    if (inVain) return { reason: inVain, view: before };
    const { reason } = await acknowledgeNotice(ports, link, wordsOf(said), invocation);
    return { reason, view: await trafficView(ports, link) };
  },
};

const rejectionReason = ({ event, notice }: TrafficView, { seen }: Said): string | undefined => {
  if (event.status !== 'planned') return event.status;
  if (notice.state === 'withdrawn') return 'withdrawn';
  return seen !== undefined && seen !== event.generation ? 'changed-since' : undefined;
};

const tickets: Answering<TicketView> = {
  view: ticketView,
  answer: async (ports, { link, said }, invocation) => {
    const before = await ticketView(ports, link);
    if (before.ticket.status === 'closed') return { reason: 'closed', view: before };
    const { reason } = await answerTicketByLink(ports, link, wordsOf(said), invocation);
    return { reason, view: await ticketView(ports, link) };
  },
};

/** By the prefix of the subject's id; what only some links open is loaded with them. */
const ANSWERING: Record<string, () => Promise<Answering<NoticeView>>> = {
  trf: async () => traffic,
  tkt: async () => tickets,
  rev: async () => (await import('../reviews/by-notice.ts')).reviewByNotice,
  act: async () => (await import('../action-items/by-notice.ts')).itemByNotice,
};

const answering = async (ports: Ports, link: NoticeLink): Promise<Answering<NoticeView>> => {
  await requireLink(ports, link);
  const load = ANSWERING[link.subjectId.slice(0, 3)];
  if (!load) throw new Refused('not-found', 'This link does not work.');
  return load();
};

/** Shows what the notice is about, as it is now. Changes nothing. */
export const viewByNotice = async (ports: Ports, link: NoticeLink): Promise<NoticeView> =>
  (await answering(ports, link)).view(ports, link);

/**
 * Does what the holder of the link says, once; what moved while they looked is shown anew in place of that. What is
 * cancelled, over or closed takes no answer.
 */
export const answerByNotice = async (
  ports: Ports,
  { said, ...link }: NoticeLink & { said: Said },
  invocation: Invocation,
): Promise<Answered<NoticeView>> => {
  const { answer, view } = await answering(ports, link);
  try {
    return await answer(ports, { link, said }, invocation);
  } catch (error) {
    const words = whyRefused(error);
    return { reason: 'refused', words, view: await view(ports, link) };
  }
};

/** What the holder of a link may be told of a refusal. @throws whatever is none that they can do anything about. */
const whyRefused = (error: unknown): string => {
  if (!(error instanceof Refused) || !['illegal-move', 'stale', 'forbidden', 'invalid'].includes(error.code))
    throw error;
  return `Nothing was recorded. ${error.message}`;
};
