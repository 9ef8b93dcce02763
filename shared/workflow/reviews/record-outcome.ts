import { isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import type { Effect } from '../../domain/outbox/timer.ts';
import { type Review, reviewIdOf } from '../../domain/preventive/review/review.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { type Doing, done } from '../engine/effect.ts';
import type { Ports } from '../engine/ports.ts';
import { rememberWhatHelped } from '../recurrence/remember.ts';
import { openReviewIfDue } from './open-if-due.ts';

/**
 * Keeps what helped with an incident that was resolved, or what its approved review says, and opens its review where
 * one is due. An incident that was opened again since is learned from when it is resolved again. Safe to repeat.
 */
export const recordOutcome = async (
  ports: Ports,
  effect: Effect,
  what: Doing<'record-outcome'>,
): Promise<string> => {
  const result = await learnOnce(ports, what);
  return commitWithRetry(ports, async () => ({ writes: [done(effect)], result }));
};

const learnOnce = async (ports: Ports, { incidentId, episode }: Doing<'record-outcome'>): Promise<string> => {
  const [incident, review] = await Promise.all([
    ports.store.get({ kind: 'incident', id: incidentId }),
    ports.store.get({ kind: 'review', id: reviewIdOf(incidentId) }),
  ]);
  if (!incident) return 'incident-is-gone';
  const isCurrent = incident.episode === episode && isOver(incident);
  if (!isCurrent && !isApproved(review)) return 'overtaken';
  await rememberWhatHelped(ports, incident, review);
  return (await openReviewIfDue(ports, incident)) ? 'review-is-there' : 'learned';
};

const isApproved = (review: Review | undefined): boolean =>
  review?.status === 'approved' || review?.status === 'published';
