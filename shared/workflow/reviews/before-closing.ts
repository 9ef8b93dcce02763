import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import { type Review, reviewIdOf } from '../../domain/preventive/review/review.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';
import { rememberWhatHelped } from '../recurrence/remember.ts';
import { openReviewIfDue } from './open-if-due.ts';

/**
 * An incident is closed once the review that it has, or should have, is done. One that should be there and is not is
 * opened first. @throws Refused `illegal-move` while it is not done.
 */
export const requireReview = async (ports: Ports, incident: Incident): Promise<void> => {
  if (incident.status === 'closed' || !isOver(incident)) return;
  const known = await ports.store.get({ kind: 'review', id: reviewIdOf(incident.id) });
  const review = known ?? (await openLate(ports, incident));
  if (!review || review.status === 'approved' || review.status === 'published' || review.status === 'waived')
    return;
  throw new Refused(
    'illegal-move',
    `The review of this incident is not done. Approve ${review.id}, or waive it with a reason.`,
  );
};

/** What it looks like may not be known yet. */
const openLate = async (ports: Ports, incident: Incident): Promise<Review | undefined> => {
  const client = await ports.store.get({ kind: 'client', id: incident.clientId });
  if (!client?.reviewRule) return undefined;
  await rememberWhatHelped(ports, incident, undefined);
  return openReviewIfDue(ports, incident);
};
