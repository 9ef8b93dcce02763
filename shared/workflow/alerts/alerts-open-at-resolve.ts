import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import type { Invocation } from '../../domain/id.ts';
import type { AlertsOpenAtResolve } from '../../domain/proactive/alerts/alert.ts';
import { expiry } from '../../domain/time.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

/** Some 30 KB. */
const MOST_PER_ITEM = 1000;
/** Only settling asks, moments after the resolve. */
const KEPT_FOR = 'P30D';

type Resolved = Pick<Incident, 'id' | 'episode'>;

const firstOf = ({ id: incidentId, episode }: Resolved) => ({
  kind: 'alerts-open-at-resolve' as const,
  incidentId,
  id: `${episode}`,
});

/**
 * What remembers every alert that is open under an incident which is being resolved by hand: whoever resolves it knew
 * of those. One that is open afterwards and was not among them joined at the same moment, and settling opens the
 * incident again for it. What one item cannot hold is written before: nothing refers to it unless the resolve does.
 */
export const recordAlertsOpenAtResolve = async (
  ports: Ports,
  incident: Incident,
  invocation: Invocation,
): Promise<Write[]> => {
  const [first, ...others] = chunks(await openAlerts(ports, incident.id));
  if (!first) return [];
  const item = (alertIds: string[]): AlertsOpenAtResolve => ({
    ...firstOf(incident),
    clientId: incident.clientId,
    alertIds,
    expiresAt: expiry(invocation.now, KEPT_FOR),
  });
  const further = others.map((alertIds, place) => ({ ...item(alertIds), id: `${invocation.id}.${place}` }));
  for (const put of further) await ports.store.commit([{ put }]);
  const rest = further.map(({ id, alertIds: [from = ''] }) => ({ id, from }));
  return [{ put: { ...item(first), ...(rest.length > 0 ? { rest } : {}) } }];
};

/** Tells of an alert whether whoever resolved the incident knew of it. Reads as little as it is asked about. */
export const forgottenBy = (ports: Ports, incident: Resolved): ((alertId: string) => Promise<boolean>) => {
  const read = new Map<string, Promise<AlertsOpenAtResolve | undefined>>();
  const item = (id: string) => {
    const found = read.get(id) ?? ports.store.get({ ...firstOf(incident), id });
    read.set(id, found);
    return found;
  };
  return async (alertId) => {
    const first = await item(firstOf(incident).id);
    const further = first?.rest?.findLast(({ from }) => from <= alertId);
    const holder = further ? await item(further.id) : first;
    return holder?.alertIds.includes(alertId) ?? false;
  };
};

const openAlerts = async (ports: Ports, incidentId: string): Promise<string[]> => {
  const ids: string[] = [];
  for await (const mark of listAll(ports, { of: 'open-alert', incidentId })) ids.push(mark.alertId);
  return ids;
};

const chunks = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MOST_PER_ITEM) }, (_, index) =>
    ids.slice(index * MOST_PER_ITEM, (index + 1) * MOST_PER_ITEM),
  );
