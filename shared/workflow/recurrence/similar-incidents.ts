import type { Match } from '../../domain/preventive/recurrence/recognise.ts';
import type { Ports } from '../engine/ports.ts';
import { answerLink } from '../paging/links.ts';

/** An incident that another looks like, and its page as it opens for one reader. */
export interface Alike {
  match: Match;
  page: string;
}

interface Reader {
  incidentId: string;
  personId: string;
}

/**
 * What an incident looks like, for whoever holds its one-tap link: the others open by links of their own. Reviews
 * open only for those who were written to. An incident is answered without this: trouble is an alarm, and no error.
 */
export const similarIncidents = async (ports: Ports, { incidentId, personId }: Reader): Promise<Alike[]> => {
  try {
    const found = await ports.store.get({ kind: 'similar-incidents', incidentId });
    const alike = (found?.to ?? []).map(async (match): Promise<Alike> => {
      const page = await answerLink(ports, { incidentId: match.incidentId, personId });
      return { match, page };
    });
    return await Promise.all(alike);
  } catch (error) {
    ports.telemetry.alarm('similar-incidents-not-shown', error, { incidentId });
    return [];
  }
};
