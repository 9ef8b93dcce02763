import { contactNow } from '../../domain/corrective/provider-tickets/contact.ts';
import type { ProviderTicket } from '../../domain/corrective/provider-tickets/provider-ticket.ts';
import type { Principal } from '../../domain/directory/access.ts';
import type { Provider, ProviderContact } from '../../domain/directory/provider.ts';
import { findFor } from '../engine/find-for.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page, PageRequest } from '../engine/store-port.ts';
import { showIncident } from '../incidents/read.ts';

/** A ticket, with whom to call about it now and what to have at hand. */
export interface TicketView extends ProviderTicket {
  contact?: ProviderContact;
  accountNumber?: string;
  haveAtHand: string[];
}

export const withContact = (ticket: ProviderTicket, provider: Provider | undefined): TicketView => {
  const contact = provider && contactNow(provider, ticket);
  return {
    ...ticket,
    ...(contact ? { contact } : {}),
    ...(provider?.accountNumber ? { accountNumber: provider.accountNumber } : {}),
    haveAtHand: provider?.haveAtHand ?? [],
  };
};

export const providerOf = (ports: Ports, { providerId: id }: ProviderTicket): Promise<Provider | undefined> =>
  ports.store.get({ kind: 'provider', id });

export const showTicket = async (ports: Ports, principal: Principal, id: string): Promise<TicketView> => {
  const ticket = await findFor(ports, principal, { kind: 'provider-ticket', id, role: 'read' });
  return withContact(ticket, await providerOf(ports, ticket));
};

type Query = PageRequest & { clientId?: string | undefined; incidentId?: string | undefined };

/** Tickets of an incident (oldest first), or of the clients that the principal may read (newest first). */
export const listTickets = async (
  ports: Ports,
  principal: Principal,
  query: Query,
): Promise<Page<TicketView>> => {
  const { items, next } = await ticketsOf(ports, principal, query);
  const ids = [...new Set(items.map(({ providerId }) => providerId))];
  const found = await ports.store.getMany(ids.map((id) => ({ kind: 'provider' as const, id })));
  const byId = new Map(found.map((provider) => [provider.id, provider]));
  return { items: items.map((ticket) => withContact(ticket, byId.get(ticket.providerId))), next };
};

const ticketsOf = async (
  ports: Ports,
  principal: Principal,
  { clientId: asked, incidentId, limit, cursor }: Query,
): Promise<Page<ProviderTicket>> => {
  if (incidentId) {
    await showIncident(ports, principal, incidentId);
    return ports.store.list({ of: 'provider-ticket', incidentId }, { limit, cursor });
  }
  const clients = await clientsFor(ports, principal, asked);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'provider-ticket' as const, clientId, ...(before ? { before } : {}) }));
  return newestFirst<'provider-ticket'>(ports, { lists, limit, cursor });
};
