import type { Incident, Status } from '../../domain/corrective/incidents/incident.ts';
import { derive } from '../../domain/id.ts';
import { FIREBREAK } from '../../domain/outbox/actor.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';

const AT_ONCE = 8;
const OPEN: Status[] = ['triggered', 'acknowledged', 'contained'];

/** What is told, and the effect that promised it: its lines derive their ids from that one's. */
interface Spreading {
  providerIncidentId: string;
  effectId: string;
  line: string;
  at: string;
}

interface Touched {
  clientId: string;
  serviceIds: string[];
}

/**
 * Tells every client on the provider: that they are touched, and a line in their open incidents of those services.
 * Client by client and incident by incident, each safe to repeat.
 */
export const fanOutReport = async (ports: Ports, what: Spreading): Promise<void> => {
  const incident = await ports.store.get({ kind: 'provider-incident', id: what.providerIncidentId });
  if (!incident) return;
  const waiting = await touchedBy(ports, incident);
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await notify(ports, what, next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

/** Whoever has something there now, and whoever had when it began. */
const touchedBy = async (
  ports: Ports,
  { id, providerId }: { id: string; providerId: string },
): Promise<Touched[]> => {
  const byClient = new Map<string, Set<string>>();
  const add = (clientId: string, serviceIds: string[]): void => {
    const found = byClient.get(clientId) ?? new Set();
    byClient.set(clientId, found);
    for (const serviceId of serviceIds) found.add(serviceId);
  };
  for await (const impact of listAll(ports, { of: 'provider-impact', incidentId: id }))
    add(impact.clientId, impact.serviceIds);
  for await (const service of listAll(ports, { of: 'service', providerId }))
    add(service.clientId, [service.id]);
  return [...byClient].map(([clientId, serviceIds]) => ({ clientId, serviceIds: [...serviceIds].sort() }));
};

const notify = async (ports: Ports, what: Spreading, touched: Touched): Promise<void> => {
  await touch(ports, what, touched);
  for (const status of OPEN)
    for await (const incident of listAll(ports, { of: 'incident', clientId: touched.clientId, status }))
      if (touched.serviceIds.includes(incident.serviceId)) await note(ports, what, incident);
};

const touch = async (
  ports: Ports,
  { providerIncidentId: id, at }: Spreading,
  { clientId, serviceIds }: Touched,
): Promise<void> => {
  const before = await ports.store.get({ kind: 'provider-impact', clientId, id });
  if (before && before.serviceIds.length === serviceIds.length) return;
  const put = { kind: 'provider-impact' as const, clientId, id, serviceIds, since: before?.since ?? at };
  await commitWithRetry(ports, async () => ({ writes: [{ put }], result: undefined }));
};

/** Once per report and incident: its id says which. */
const note = (ports: Ports, what: Spreading, incident: Incident): Promise<void> =>
  commitWithRetry(ports, async () => {
    const entry = lineIn(incident, what);
    if (await ports.store.get(entry)) return { writes: [], result: undefined };
    return { writes: [{ put: entry, guard: 'new' }], result: undefined };
  });

const lineIn = ({ id, clientId }: Incident, what: Spreading): HistoryEntry => ({
  kind: 'history-entry',
  subjectId: id,
  clientId,
  id: derive('tle', { now: what.at, id: what.effectId.slice('eff_'.length) }, id),
  at: what.at,
  what: 'note',
  text: what.line,
  reason: 'provider-reports',
  actor: FIREBREAK,
  refersTo: { providerIncidentId: what.providerIncidentId },
});
