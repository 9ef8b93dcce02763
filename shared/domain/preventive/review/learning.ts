import { type Effect, promiseEffect } from '../../corrective/timer.ts';
import type { Draw } from '../../id.ts';

interface Learnt {
  incidentId: string;
  clientId: string;
  episode: number;
}

/** The promise to keep what helped with an incident, and to see whether its review is due. */
export const learnLater = ({ incidentId, clientId, episode }: Learnt, draw: Draw): Effect =>
  promiseEffect(
    { subjectId: incidentId, clientId },
    { label: 'learn', perform: { do: 'learn', incidentId, episode } },
    draw,
  );
