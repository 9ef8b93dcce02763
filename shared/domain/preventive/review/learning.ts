import type { Effect } from '../../corrective/timer.ts';
import { type Draw, derive } from '../../id.ts';

interface Learnt {
  incidentId: string;
  clientId: string;
  episode: number;
}

/** The promise to keep what helped with an incident, and to see whether its review is due. */
export const learnLater = ({ incidentId, clientId, episode }: Learnt, draw: Draw): Effect => ({
  kind: 'effect',
  subjectId: incidentId,
  id: derive('eff', draw, 'learn'),
  clientId,
  dueAt: draw.now,
  attempts: 0,
  perform: { do: 'learn', incidentId, episode },
});
