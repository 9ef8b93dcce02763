import type { Invocation } from '../../id.ts';
import { type Effect, newEffect } from '../../outbox/timer.ts';

interface Learnt {
  incidentId: string;
  clientId: string;
  episode: number;
}

/** The promise to keep what helped with an incident, and to see whether its review is due. */
export const recordOutcomeLater = (
  { incidentId, clientId, episode }: Learnt,
  invocation: Invocation,
): Effect =>
  newEffect(
    { subjectId: incidentId, clientId },
    { label: 'record-outcome', perform: { type: 'record-outcome', incidentId, episode } },
    invocation,
  );
