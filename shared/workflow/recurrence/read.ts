import type { Principal } from '../../domain/directory/access.ts';
import type { SimilarIncidents } from '../../domain/preventive/recurrence/fingerprint.ts';
import type { Ports } from '../engine/ports.ts';
import { showIncident } from '../incidents/read.ts';

/** What an incident looks like; empty while nothing is known. */
export const similarIncidentsOf = async (
  ports: Ports,
  principal: Principal,
  incidentId: string,
): Promise<Pick<SimilarIncidents, 'to'> & { at?: SimilarIncidents['at'] }> => {
  await showIncident(ports, principal, incidentId);
  const found = await ports.store.get({ kind: 'similar-incidents', incidentId });
  return found ? { at: found.at, to: found.to } : { to: [] };
};
