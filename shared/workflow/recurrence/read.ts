import type { Principal } from '../../domain/directory/access.ts';
import type { Resemblance } from '../../domain/preventive/recurrence/likeness.ts';
import type { Ports } from '../ports.ts';
import { showIncident } from '../read-incidents.ts';

/** What an incident looks like; empty while nothing is known. */
export const resemblanceOf = async (
  ports: Ports,
  principal: Principal,
  incidentId: string,
): Promise<Pick<Resemblance, 'to'> & { at?: Resemblance['at'] }> => {
  await showIncident(ports, principal, incidentId);
  const found = await ports.store.get({ kind: 'resemblance', incidentId });
  return found ? { at: found.at, to: found.to } : { to: [] };
};
