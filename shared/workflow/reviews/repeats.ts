import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import { historyWriter } from '../../domain/outbox/history.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { fingerprintOf } from '../recurrence/compare.ts';

/** Of a client's reviews, so many of the newest are looked at for one that is still being written. */
const NEWEST = 25;

/**
 * The incidents that came again with this one: of the same alert or cause, and over before it opened. What only reads
 * alike, or went on beside it in a storm, did not come again.
 */
export const cameBackFrom = async (ports: Ports, incident: Incident): Promise<Incident[]> => {
  const similar = await ports.store.get({ kind: 'similar-incidents', incidentId: incident.id });
  const same = (similar?.to ?? []).filter(({ because }) => because.some((reason) => reason !== 'text'));
  if (same.length === 0) return [];
  const found = await ports.store.getMany(
    same.map(({ incidentId: id }) => ({ kind: 'incident' as const, id })),
  );
  return found.filter(
    (earlier) => isOver(earlier) && (earlier.resolvedAt ?? incident.openedAt) <= incident.openedAt,
  );
};

/** The review of the same trouble that is still under way; what came again is part of that, and needs none of its own. */
export const reviewUnderWay = async (
  ports: Ports,
  incident: Incident,
  earlier: Incident[],
): Promise<Review | undefined> => {
  const { clientId, serviceId } = incident;
  const { items } = await ports.store.list({ of: 'review', clientId }, { limit: NEWEST });
  const open = items.filter(
    (review) => review.serviceId === serviceId && ['writing', 'in-review'].includes(review.status),
  );
  const own = await fingerprintOf(ports, incident);
  for (const review of open) {
    if (earlier.some(({ id }) => id === review.incidentId)) return review;
    const fingerprint = await fingerprintOf(ports, { serviceId, id: review.incidentId });
    if (own?.alertKey && fingerprint?.alertKey === own.alertKey) return review;
  }
  return undefined;
};

/** The line that says so in its history: the same however often it is written, for it is the incident that names it. */
export const cameAgain = (review: Review, { id, number, openedAt }: Incident): Write[] => {
  const history = historyWriter(review, { now: openedAt, id: id.slice('inc_'.length) });
  const text = `The incident recurred as #${number}. No separate review is opened while this one is being written.`;
  history.write({ what: 'came-again', text, reason: 'repeat' });
  return history.entries.map((put): Write => ({ put }));
};
