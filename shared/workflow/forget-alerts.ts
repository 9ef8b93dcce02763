import type { Incident } from '../domain/corrective/incident.ts';
import { type Draw, derive } from '../domain/id.ts';
import { every } from './every.ts';
import type { Ports } from './ports.ts';
import type { Write } from './store-port.ts';

/** So many go in the transaction that resolves; beyond, so many with each effect. */
const MOST_AT_ONCE = 40;
const MOST_PER_EFFECT = 200;

/**
 * What takes away the marks of every alert that is open under an incident which is being resolved by hand: whoever
 * resolves it has seen those. A mark that is left afterwards is of an alert that joined at the same moment, and
 * settling opens the incident again for it. Too many for one transaction are taken away by effects of it.
 */
export const forgetAlerts = async (ports: Ports, incident: Incident, draw: Draw): Promise<Write[]> => {
  const alertIds = await openAlerts(ports, incident.id);
  const mark = (alertId: string): Write => ({
    remove: { kind: 'open-alert', incidentId: incident.id, alertId },
  });
  if (alertIds.length <= MOST_AT_ONCE) return alertIds.map(mark);
  const { id: incidentId, clientId } = incident;
  return chunks(alertIds).map((chunk, index) => ({
    put: {
      kind: 'effect',
      subjectId: incidentId,
      id: derive('eff', draw, `forget-alerts/${index}`),
      clientId,
      dueAt: draw.now,
      attempts: 0,
      perform: { do: 'forget-alerts', incidentId, alertIds: chunk },
    },
  }));
};

const openAlerts = async (ports: Ports, incidentId: string): Promise<string[]> => {
  const ids: string[] = [];
  for await (const mark of every(ports, { of: 'open-alert', incidentId })) ids.push(mark.alertId);
  return ids;
};

const chunks = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MOST_PER_EFFECT) }, (_, index) =>
    ids.slice(index * MOST_PER_EFFECT, (index + 1) * MOST_PER_EFFECT),
  );
