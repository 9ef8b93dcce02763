import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import type { Invocation } from '../../domain/id.ts';
import { reopenForRecurrenceLater, sighted } from '../../domain/preventive/recurrence/comparison.ts';
import type { Fingerprint } from '../../domain/preventive/recurrence/fingerprint.ts';
import { helpedBy, type Lesson, learned } from '../../domain/preventive/recurrence/what-helped.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { newInvocation } from '../engine/invocation.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { ensureCompared, fingerprintOf } from './compare.ts';

const LAST_ENTRIES = 100;
/** As many as a likeness has room for. */
const MOST_CAUSES = 20;

/**
 * Keeps what helped with an incident for the next one that looks like it: what people said when they contained and
 * resolved it, and once its review is approved, what that says. An incident that was never compared is so now.
 */
export const rememberWhatHelped = async (
  ports: Ports,
  incident: Incident,
  review: Review | undefined,
): Promise<void> => {
  const invocation = newInvocation(ports);
  await ensureCompared(ports, incident.id);
  await commitWithRetry(ports, async () => {
    const before = await fingerprintOf(ports, incident);
    if (!before) return { writes: [], result: 'incident-is-gone' };
    // Read after what it is written over: what others have learned meanwhile is not unlearned.
    const lesson = isApproved(review) ? await lessonOf(ports, review) : await saidThen(ports, incident);
    const after = learned(before, lesson);
    const seen = lesson.review
      ? await sightings(ports, { incident, before, review: lesson.review }, invocation)
      : [];
    const kept: Write[] = after === before ? [] : [{ put: after, guard: before.version }];
    return { writes: [...kept, ...seen], result: 'remembered' };
  });
};

const isApproved = (review: Review | undefined): review is Review =>
  review?.status === 'approved' || review?.status === 'published';

const saidThen = async ({ store }: Ports, { id: incidentId }: Incident): Promise<Lesson> => {
  const newest = { limit: LAST_ENTRIES, reversed: true };
  const { items } = await store.list({ of: 'history-entry', subjectId: incidentId }, newest);
  return { helped: helpedBy(items) };
};

/** What is filled in and untouched says nothing that the notes do not. */
const lessonOf = async (ports: Ports, { id: reviewId }: Review): Promise<Lesson> => {
  const fix = await ports.store.get({ kind: 'review-section', reviewId, name: 'fix' });
  const causeIds = new Set<string>();
  for await (const { cause } of listAll(ports, { of: 'finding', reviewId }))
    if (cause) causeIds.add(cause.id);
  const review = { id: reviewId, causeIds: [...causeIds].slice(0, MOST_CAUSES) };
  return { helped: fix?.prefilled ? undefined : fix?.text, review };
};

/**
 * Where the causes that a review names came up: in this incident. What its alert was known for and the review does not
 * name did not. A cause of an earlier review came up again; where that was seen already, it was said already.
 */
const sightings = async (
  ports: Ports,
  {
    incident,
    before,
    review,
  }: { incident: Incident; before: Fingerprint; review: NonNullable<Lesson['review']> },
  invocation: Invocation,
): Promise<Write[]> => {
  const { id: incidentId } = incident;
  const { causeIds } = review;
  if (causeIds.length === 0) return [];
  const [seen, causes, known] = await Promise.all([
    ports.store.getMany(
      causeIds.map((causeId) => ({ kind: 'cause-sighting' as const, causeId, incidentId })),
    ),
    ports.store.getMany(causeIds.map((id) => ({ kind: 'cause' as const, id }))),
    knownAlert(ports, before),
  ]);
  const how = new Map(seen.map((sighting) => [sighting.causeId, sighting.how]));
  const confirmed = causeIds.filter((id) => how.get(id) !== 'review');
  // Reviews sort as their incidents do.
  const again = causes.filter(({ id, reviewId }) => reviewId < review.id && !how.has(id));
  const refuted = before.causeIds.filter((id) => !causeIds.includes(id));
  return [
    ...confirmed.map((id): Write => ({ put: sighted(incident, id, 'review') })),
    ...again.map(({ id }): Write => ({ put: reopenForRecurrenceLater(incident, id, invocation.now) })),
    ...refuted.map((causeId): Write => ({ remove: { kind: 'cause-sighting', causeId, incidentId } })),
    ...known,
  ];
};

/** By what its alert will be known from now on, unless a later incident of it has been reviewed. */
const knownAlert = async ({ store }: Ports, before: Fingerprint): Promise<Write[]> => {
  const { alertKey, clientId, serviceId, incidentId } = before;
  if (!alertKey) return [];
  const known = await store.get({ kind: 'known-alert', alertKey });
  if (known && known.incidentId >= incidentId) return [];
  return [{ put: { kind: 'known-alert', alertKey, clientId, serviceId, incidentId } }];
};
