import { isOver } from '../../domain/corrective/lifecycle.ts';
import type { Effect } from '../../domain/corrective/timer.ts';
import { type Review, reviewIdOf } from '../../domain/preventive/review/review.ts';
import { decideAgain } from '../commit.ts';
import { type Doing, done } from '../perform-effect.ts';
import type { Ports } from '../ports.ts';
import { rememberWhatHelped } from '../recurrence/remember.ts';
import { openReviewIfDue } from './open-if-due.ts';

/**
 * Keeps what helped with an incident that was resolved, or what its approved review says, and opens its review where
 * one is due. An incident that was opened again since is learned from when it is resolved again. Safe to repeat.
 */
export const learn = async (ports: Ports, effect: Effect, what: Doing<'learn'>): Promise<string> => {
  const result = await learnOnce(ports, what);
  return decideAgain(ports, async () => ({ writes: [done(effect)], result }));
};

const learnOnce = async (ports: Ports, { incidentId, episode }: Doing<'learn'>): Promise<string> => {
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
