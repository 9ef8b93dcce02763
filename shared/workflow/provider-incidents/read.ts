import { type Principal, readableClients } from '../../domain/directory/access.ts';
import type {
  ProviderImpact,
  ProviderIncident,
} from '../../domain/proactive/provider-incidents/provider-incident.ts';
import { Refused } from '../../domain/refused.ts';
import { listAll } from '../engine/list-all.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page } from '../engine/store-port.ts';

/** A provider's incident, with those clients and services that it touches and the reader may know of. */
export type ProviderIncidentView = ProviderIncident & {
  touches: Pick<ProviderImpact, 'clientId' | 'serviceIds' | 'since'>[];
};

const viewOf = async (
  ports: Ports,
  incident: ProviderIncident,
  isReadable: (clientId: string) => boolean,
): Promise<ProviderIncidentView> => {
  const touches: ProviderIncidentView['touches'] = [];
  for await (const impact of listAll(ports, { of: 'provider-impact', incidentId: incident.id }))
    if (isReadable(impact.clientId)) touches.push(impact);
  return { ...incident, touches };
};

interface Query {
  limit: number;
  cursor?: string | undefined;
  clientId?: string | undefined;
}

/**
 * Provider incidents that touch a client that the principal may read, newest first. One that touches several of
 * them is shown once, so that a page may be short.
 */
export const listProviderIncidents = async (
  ports: Ports,
  principal: Principal,
  { clientId: asked, limit, cursor }: Query,
): Promise<Page<ProviderIncidentView>> => {
  const clients = await clientsFor(ports, principal, asked);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'provider-impact' as const, clientId, ...(before ? { before } : {}) }));
  const { items, next } = await newestFirst<'provider-impact'>(ports, { lists, limit, cursor });
  const ids = [...new Set(items.map(({ id }) => id))];
  const found = await ports.store.getMany(ids.map((id) => ({ kind: 'provider-incident' as const, id })));
  const byId = new Map(found.map((incident) => [incident.id, incident]));
  const known = ids.flatMap((id) => byId.get(id) ?? []);
  const isReadable = (clientId: string): boolean => clients.includes(clientId);
  return { items: await Promise.all(known.map((incident) => viewOf(ports, incident, isReadable))), next };
};

/** @throws Refused `not-found` for one that touches nobody whom the principal may read. */
export const showProviderIncident = async (
  ports: Ports,
  principal: Principal,
  id: string,
): Promise<ProviderIncidentView> => {
  const readable = readableClients(principal);
  const missing = new Refused('not-found', 'This provider incident does not exist.');
  const incident = await ports.store.get({ kind: 'provider-incident', id });
  if (!incident) throw missing;
  const view = await viewOf(ports, incident, (clientId) => readable === '*' || readable.includes(clientId));
  if (readable !== '*' && view.touches.length === 0) throw missing;
  return view;
};
