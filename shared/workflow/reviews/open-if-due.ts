import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import type { Invocation } from '../../domain/id.ts';
import { FIREBREAK } from '../../domain/outbox/actor.ts';
import { reasonsFor } from '../../domain/preventive/review/due.ts';
import { renew } from '../../domain/preventive/review/opening.ts';
import { prefill } from '../../domain/preventive/review/prefill.ts';
import { type Review, reviewIdOf } from '../../domain/preventive/review/review.ts';
import type { ReviewSection } from '../../domain/preventive/review/section.ts';
import { after } from '../../domain/time.ts';
import { type Attempt, commitWithRetry } from '../engine/commit.ts';
import { newInvocation } from '../engine/invocation.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { reviewContext } from './context.ts';
import { knownOf } from './known.ts';
import { filledIn, openingWrites, ownerFor } from './open.ts';
import { contentsOf } from './read.ts';
import { cameAgain, cameBackFrom, reviewUnderWay } from './repeats.ts';

/**
 * Opens the review of an incident that is over, where the client's rule says so; gives the review that it has by then.
 * One that was there before hears that the incident was opened again. Safe to repeat.
 */
export const openReviewIfDue = (ports: Ports, { id }: Pick<Incident, 'id'>): Promise<Review | undefined> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async (): Promise<Attempt<Review | undefined>> => {
    const [incident, review] = await Promise.all([
      ports.store.get({ kind: 'incident', id }),
      ports.store.get({ kind: 'review', id: reviewIdOf(id) }),
    ]);
    if (!incident || !isOver(incident)) return { writes: [], result: review };
    return review ? renewal(ports, { incident, review }, invocation) : opening(ports, incident, invocation);
  });
};

const opening = async (
  ports: Ports,
  incident: Incident,
  invocation: Invocation,
): Promise<Attempt<Review | undefined>> => {
  const [client, earlier] = await Promise.all([
    ports.store.get({ kind: 'client', id: incident.clientId }),
    cameBackFrom(ports, incident),
  ]);
  if (!client?.reviewRule) return { writes: [], result: undefined };
  const because = reasonsFor({ rule: client.reviewRule, incident, isRepeat: earlier.length > 0 });
  if (because.length === 0) return { writes: [], result: undefined };
  if (because.every((reason) => reason === 'repeat')) {
    const review = await reviewUnderWay(ports, incident, earlier);
    if (review) return { writes: cameAgain(review, incident), result: undefined };
  }
  const { technicalLeadId, projectManagerId, reviewRule } = client;
  const beginning = {
    ...{ because, technicalLeadId, projectManagerId },
    ownerId: await ownerFor(ports, incident),
    dueAt: after(incident.resolvedAt ?? invocation.now, reviewRule.dueIn),
  };
  const about = { incident, opening: beginning, actor: FIREBREAK };
  const { writes, state } = await openingWrites(ports, about, invocation);
  return { writes, result: state };
};

/** Once per episode of the incident. What somebody has written stays as it is. */
const renewal = async (
  ports: Ports,
  { incident, review }: { incident: Incident; review: Review },
  invocation: Invocation,
): Promise<Attempt<Review>> => {
  if (review.episode >= incident.episode) return { writes: [], result: review };
  const isWritten = review.status !== 'waived';
  const anew = isWritten ? await filledInAnew(ports, { incident, review }, invocation) : [];
  const deciding = { context: await reviewContext(ports, review), invocation, actor: FIREBREAK };
  const names = anew.map(({ name }) => name);
  const plan = renew(review, { episode: incident.episode, sections: names }, deciding);
  const { writes, state } = planWrites(review, plan, invocation);
  const sections = anew.map((put): Write => ({ put, guard: put.version - 1 }));
  return { writes: [...writes, ...sections], result: state };
};

const filledInAnew = async (
  ports: Ports,
  { incident, review }: { incident: Incident; review: Review },
  invocation: Invocation,
): Promise<ReviewSection[]> => {
  const { sections } = await contentsOf(ports, review);
  const prefilled = prefill(await knownOf(ports, incident));
  return sections.flatMap((section) => {
    const { name, version } = section;
    const text = prefilled[name];
    if (!section.prefilled || text === undefined || text === section.text) return [];
    return [{ ...section, ...filledIn(review, { name, text }, invocation), version: version + 1 }];
  });
};
