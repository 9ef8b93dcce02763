import * as z from 'zod';
import { Name } from '../../domain/aggregate.ts';
import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import { authoriseOr } from '../../domain/directory/access.ts';
import { ReviewRule } from '../../domain/directory/follow-up.ts';
import type { Invocation } from '../../domain/id.ts';
import { type Actor, FIREBREAK } from '../../domain/outbox/actor.ts';
import { invalid } from '../../domain/parse.ts';
import { requireTwo } from '../../domain/preventive/review/change.ts';
import {
  draft,
  missingRoles,
  type Opening,
  open,
  takeUpAgain,
} from '../../domain/preventive/review/opening.ts';
import { prefill } from '../../domain/preventive/review/prefill.ts';
import { type Review, reviewIdOf, Technique } from '../../domain/preventive/review/review.ts';
import type { ReviewSection, SectionName } from '../../domain/preventive/review/section.ts';
import { At, after } from '../../domain/time.ts';
import { actorBy } from '../engine/actor-by.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { requirePeople } from './change.ts';
import { reviewContext } from './context.ts';
import { knownOf } from './known.ts';

export const ReviewBody = z.strictObject({
  incidentId: z.string(),
  by: z.string().optional(),
  ownerId: z.string().optional(),
  technicalLeadId: z.string().optional(),
  projectManagerId: z.string().optional(),
  dueAt: At.optional(),
  technique: Technique.optional(),
  problem: Name.optional(),
});
export type ReviewBody = z.infer<typeof ReviewBody>;

/**
 * Opens a review that somebody asks for, whatever the client's rule says. An incident has one: the one that is there
 * is the answer, and one that was waived is taken up again.
 * @throws Refused `invalid` with everybody and everything that is not here.
 */
export const openReview = (ports: Ports, caller: Caller, body: ReviewBody): Promise<Review> =>
  commitWithRetry(
    ports,
    async () => {
      const { invocation } = caller;
      const incident = await incidentFor(ports, caller, body.incidentId);
      const actor = await actorBy(ports, caller, body.by);
      const before = await ports.store.get({ kind: 'review', id: reviewIdOf(incident.id) });
      if (before) return again(ports, before, { actor, invocation });
      await requirePeople(ports, body);
      const opening = await openingOf(ports, incident, { body, invocation });
      if (body.technicalLeadId || body.projectManagerId) requireTwo(opening, body);
      const { writes, state } = await openingWrites(ports, { incident, opening, actor }, invocation);
      return { writes, result: state };
    },
    caller,
  );

const again = async (
  ports: Ports,
  before: Review,
  { actor, invocation }: { actor: Actor; invocation: Invocation },
) => {
  const plan = takeUpAgain(before, { context: await reviewContext(ports, before), invocation, actor });
  const { writes, state } = planWrites(before, plan, invocation);
  return { writes, result: state };
};

/** Another client's incident is one that is not here. */
const incidentFor = async (ports: Ports, { principal }: Caller, id: string): Promise<Incident> => {
  const missing = invalid([{ path: 'body.incidentId', message: 'must name an existing incident' }]);
  const incident = await ports.store.get({ kind: 'incident', id });
  if (!incident) throw missing;
  authoriseOr(missing, principal, { role: 'write', clientId: incident.clientId });
  return incident;
};

const openingOf = async (
  ports: Ports,
  incident: Incident,
  { body, invocation }: { body: ReviewBody; invocation: Invocation },
): Promise<Opening> => {
  const client = await ports.store.get({ kind: 'client', id: incident.clientId });
  const { dueIn } = client?.reviewRule ?? ReviewRule.parse({});
  const { technicalLeadId = client?.technicalLeadId, projectManagerId = client?.projectManagerId } = body;
  return {
    ...{ because: ['by-hand'], technicalLeadId, projectManagerId },
    ownerId: body.ownerId ?? (await ownerFor(ports, incident)),
    dueAt: body.dueAt ?? after(invocation.now, dueIn),
    ...{ technique: body.technique, problem: body.problem },
  };
};

/** Whoever answered it, where that is somebody. */
export const ownerFor = async (ports: Ports, incident: Incident): Promise<string | undefined> => {
  const { acknowledgedBy: id } = incident;
  if (id?.startsWith('per_') && (await ports.store.get({ kind: 'person', id }))) return id;
  const newest = { limit: 50, reversed: true };
  const { items } = await ports.store.list({ of: 'history-entry', subjectId: incident.id }, newest);
  const { actor } = items.find(({ what }) => what === 'resolved') ?? {};
  return actor?.kind === 'person' && (await ports.store.get({ kind: 'person', id: actor.id }))
    ? actor.id
    : undefined;
};

interface Beginning {
  incident: Incident;
  opening: Opening;
  actor: Actor;
}

/** A new review with what its incident says already, and a line in that incident's timeline. */
export const openingWrites = async (
  ports: Ports,
  { incident, opening, actor }: Beginning,
  invocation: Invocation,
): Promise<{ writes: Write[]; state: Review }> => {
  const review = draft(incident, opening, invocation);
  const plan = open(review, { context: await reviewContext(ports, review), invocation, actor });
  const sections = Object.entries(prefill(await knownOf(ports, incident))).map(
    ([name, text]): Write => ({
      put: filledIn(review, { name: name as SectionName, text }, invocation),
      guard: 'new',
    }),
  );
  const history = timelineOf(incident, invocation);
  const text = `A review is opened, due ${review.dueAt.slice(0, 10)}.`;
  history.write({ what: 'review-due', text, reason: plan.reason, actor, refersTo: { reviewId: review.id } });
  if (missingRoles(review).length > 0)
    ports.telemetry.note('review-without-approver', { reviewId: review.id, clientId: review.clientId });
  const { writes, state } = planWrites(undefined, plan, invocation);
  return { writes: [...writes, ...sections, ...history.entries.map((put): Write => ({ put }))], state };
};

/** A section as Firebreak fills it in. */
export const filledIn = (
  { id: reviewId, clientId }: Pick<Review, 'id' | 'clientId'>,
  { name, text }: { name: SectionName; text: string },
  { now }: Invocation,
): ReviewSection => ({
  ...{ kind: 'review-section', reviewId, name, clientId, version: 1, text, prefilled: true },
  ...{ writtenBy: FIREBREAK, updatedAt: now },
});
