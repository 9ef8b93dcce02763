import type { Incident, Status } from '../../domain/corrective/incidents/incident.ts';
import { isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import { authorise, type Principal } from '../../domain/directory/access.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import type { Alert } from '../../domain/proactive/alerts/alert.ts';
import type { RecordOf } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page, PageRequest } from '../engine/store-port.ts';
import { incidentOf } from './actions.ts';

/** What a list of incidents is asked by; several values of one filter are alternatives. */
export interface IncidentQuery {
  limit: number;
  cursor?: string | undefined;
  status?: Status[] | undefined;
  severity?: Incident['severity'][] | undefined;
  clientId?: string | undefined;
  serviceId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** One incident, for whoever may read it. */
export const showIncident = async (ports: Ports, principal: Principal, id: string): Promise<Incident> => {
  const incident = await incidentOf(ports, id);
  authorise(principal, 'read', incident.clientId);
  return incident;
};

/** Incidents of the clients that the principal may read, newest first. */
export const listIncidents = async (
  ports: Ports,
  principal: Principal,
  query: IncidentQuery,
): Promise<Page<Incident>> => {
  const clients = await clientsFor(ports, principal, query.clientId);
  const { limit, cursor, status = [undefined], severity, serviceId, from, to } = query;
  const within = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const lists = (before: string | undefined) =>
    clients.flatMap((clientId) =>
      status.map((each) => ({
        of: 'incident' as const,
        clientId,
        ...within,
        ...(each ? { status: each } : {}),
        ...(before ? { before } : {}),
      })),
    );
  const where = (incident: Incident): boolean =>
    (!severity || severity.includes(incident.severity)) && (!serviceId || incident.serviceId === serviceId);
  return newestFirst(ports, { lists, limit, cursor, where });
};

type Part = PageRequest & { incidentId: string };

/** An incident's timeline, oldest first. */
export const listTimeline = async (
  ports: Ports,
  principal: Principal,
  { incidentId, ...page }: Part,
): Promise<Page<HistoryEntry>> => {
  await showIncident(ports, principal, incidentId);
  return ports.store.list({ of: 'history-entry', subjectId: incidentId }, page);
};

/** An incident's pages. */
export const listPages = async (
  ports: Ports,
  principal: Principal,
  { incidentId, ...page }: Part,
): Promise<Page<RecordOf<'page'>>> => {
  await showIncident(ports, principal, incidentId);
  return ports.store.list({ of: 'page', incidentId }, page);
};

/** An alert as it stands: open only while its incident is. */
export type AlertView = Omit<Alert, 'status'> & { status: 'triggered' | 'acknowledged' | 'resolved' };

const viewOf = (alert: Alert, incident: Incident | undefined): AlertView => {
  if (alert.status === 'resolved' || !incident || isOver(incident)) return { ...alert, status: 'resolved' };
  return { ...alert, status: incident.status === 'triggered' ? 'triggered' : 'acknowledged' };
};

export const showAlert = async (ports: Ports, principal: Principal, id: string): Promise<AlertView> => {
  const alert = await ports.store.get({ kind: 'alert', id });
  if (!alert) throw new Refused('not-found', 'Not found.');
  authorise(principal, 'read', alert.clientId);
  return viewOf(alert, await ports.store.get({ kind: 'incident', id: alert.incidentId }));
};

/** Alerts of an incident (oldest first), or of the clients that the principal may read (newest first). */
export const listAlerts = async (
  ports: Ports,
  principal: Principal,
  query: {
    limit: number;
    cursor?: string | undefined;
    clientId?: string | undefined;
    incidentId?: string | undefined;
  },
): Promise<Page<AlertView>> => {
  const page = query.incidentId
    ? await alertsOfIncident(ports, principal, { ...query, incidentId: query.incidentId })
    : await alertsOfClients(ports, principal, query);
  const ids = [...new Set(page.items.map((alert) => alert.incidentId))];
  const incidents = await ports.store.getMany(ids.map((id) => ({ kind: 'incident' as const, id })));
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  return { ...page, items: page.items.map((alert) => viewOf(alert, byId.get(alert.incidentId))) };
};

const alertsOfIncident = async (
  ports: Ports,
  principal: Principal,
  { incidentId, limit, cursor }: { incidentId: string; limit: number; cursor?: string | undefined },
): Promise<Page<Alert>> => {
  await showIncident(ports, principal, incidentId);
  return ports.store.list({ of: 'alert', incidentId }, { limit, cursor });
};

const alertsOfClients = async (
  ports: Ports,
  principal: Principal,
  {
    clientId: asked,
    limit,
    cursor,
  }: { clientId?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<Page<Alert>> => {
  const clients = await clientsFor(ports, principal, asked);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'alert' as const, clientId, ...(before ? { before } : {}) }));
  return newestFirst<'alert'>(ports, { lists, limit, cursor });
};

/** Change events of the clients that the principal may read, newest first. */
export const listChanges = async (
  ports: Ports,
  principal: Principal,
  query: {
    limit: number;
    cursor?: string | undefined;
    clientId?: string | undefined;
    serviceId?: string | undefined;
  },
) => {
  const clients = await clientsFor(ports, principal, query.clientId);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'change' as const, clientId, ...(before ? { before } : {}) }));
  const { limit, cursor, serviceId } = query;
  const where = (change: RecordOf<'change'>): boolean => !serviceId || change.serviceId === serviceId;
  return newestFirst<'change'>(ports, { lists, limit, cursor, where });
};
