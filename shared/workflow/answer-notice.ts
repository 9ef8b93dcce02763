import type { ProviderTicket } from '../domain/corrective/provider-ticket.ts';
import type { Draw } from '../domain/id.ts';
import type { ProviderNotice, TrafficEvent } from '../domain/proactive/traffic-event.ts';
import { basicFacts, type Fact, factsFor } from '../domain/proactive/traffic-facts.ts';
import { Refused } from '../domain/refused.ts';
import { opensLink } from './links.ts';
import type { Ports } from './ports.ts';
import { answerTicketByLink, viewTicket } from './provider-tickets/answer.ts';
import { acknowledgeNotice, viewNotice } from './traffic-events/acknowledge.ts';
import { clientNamed, servicesOf } from './traffic-events/planned.ts';

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

export type NoticeView = TrafficView | TicketView;

export interface NoticeLink {
  subjectId: string;
  recipientId: string;
  token: string;
}

/** What the contact says: none of it has to be. */
export interface Said {
  name?: string;
  answer?: string;
  /** The generation that was on their page. */
  seen?: number;
}

/** @throws Refused `not-found` unless the link was made here for this subject and contact. */
const insistOnLink = async (ports: Ports, { subjectId, recipientId, token }: NoticeLink): Promise<void> => {
  const subject = { incidentId: subjectId, personId: recipientId, purpose: 'notice' as const };
  if (!(await opensLink(ports, subject, token))) throw new Refused('not-found', 'This link does not work.');
};

/** Shows what the notice is about, as it is now. Changes nothing. */
export const viewByNotice = async (ports: Ports, link: NoticeLink): Promise<NoticeView> => {
  await insistOnLink(ports, link);
  return isTicket(link) ? ticketView(ports, link) : trafficView(ports, link);
};

const isTicket = ({ subjectId }: NoticeLink): boolean => subjectId.startsWith('tkt_');

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

/**
 * Notes that the contact has noted it, once; what moved while they looked is shown anew in place of that. What is
 * cancelled, over or closed takes no answer.
 */
export const answerByNotice = async (
  ports: Ports,
  link: NoticeLink & { said: Said },
  draw: Draw,
): Promise<{ reason: string; view: NoticeView }> => {
  const { said, ...where } = link;
  const before = await viewByNotice(ports, where);
  const inVain = whyInVain(before, said);
  if (inVain) return { reason: inVain, view: before };
  const words = {
    ...(said.name ? { name: said.name } : {}),
    ...(said.answer ? { answer: said.answer } : {}),
  };
  const answer = isTicket(where) ? answerTicketByLink : acknowledgeNotice;
  const { reason } = await answer(ports, where, words, draw);
  return { reason, view: await viewByNotice(ports, where) };
};

const whyInVain = (view: NoticeView, { seen }: Said): string | undefined => {
  if (view.of === 'ticket') return view.ticket.status === 'closed' ? 'closed' : undefined;
  const { status, generation } = view.event;
  if (status !== 'planned') return status;
  if (view.notice.state === 'withdrawn') return 'withdrawn';
  return seen !== undefined && seen !== generation ? 'changed-since' : undefined;
};
