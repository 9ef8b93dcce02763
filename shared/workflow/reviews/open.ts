import * as z from 'zod';
import { Name } from '../../domain/aggregate.ts';
import type { Incident } from '../../domain/corrective/incident.ts';
import { scribe } from '../../domain/corrective/scribe.ts';
import type { Actor } from '../../domain/corrective/timeline.ts';
import { authoriseOr } from '../../domain/directory/access.ts';
import type { Draw } from '../../domain/id.ts';
import { invalid } from '../../domain/parse.ts';
import { ReviewRule } from '../../domain/preventive/follow-up.ts';
import { insistOnTwo } from '../../domain/preventive/review/change.ts';
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
import { actorBy } from '../actor-by.ts';
import type { Caller } from '../caller.ts';
import { decideAgain } from '../commit.ts';
import { planWrites } from '../plan-writes.ts';
import type { Ports } from '../ports.ts';
import type { Write } from '../store-port.ts';
import { reviewAround } from './around.ts';
import { insistOnPeople } from './change.ts';
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
  decideAgain(
    ports,
    async () => {
      const { draw } = caller;
      const incident = await incidentFor(ports, caller, body.incidentId);
      const actor = await actorBy(ports, caller, body.by);
      const before = await ports.store.get({ kind: 'review', id: reviewIdOf(incident.id) });
      if (before) return again(ports, before, { actor, draw });
      await insistOnPeople(ports, body);
      const opening = await openingOf(ports, incident, { body, draw });
      if (body.technicalLeadId || body.projectManagerId) insistOnTwo(opening, body);
      const { writes, state } = await openingWrites(ports, { incident, opening, actor }, draw);
      return { writes, result: state };
    },
    caller,
  );

const again = async (ports: Ports, before: Review, { actor, draw }: { actor: Actor; draw: Draw }) => {
  const plan = takeUpAgain(before, { around: await reviewAround(ports, before), draw, actor });
  const { writes, state } = planWrites(before, plan, draw);
  return { writes, result: state };
};

/** Another client's incident is one that is not here. */
const incidentFor = async (ports: Ports, { principal }: Caller, id: string): Promise<Incident> => {
  const missing = invalid([{ path: 'body.incidentId', message: 'there is no such incident' }]);
  const incident = await ports.store.get({ kind: 'incident', id });
  if (!incident) throw missing;
  authoriseOr(missing, principal, { role: 'write', clientId: incident.clientId });
  return incident;
};

const openingOf = async (
  ports: Ports,
  incident: Incident,
  { body, draw }: { body: ReviewBody; draw: Draw },
): Promise<Opening> => {
  const client = await ports.store.get({ kind: 'client', id: incident.clientId });
  const { dueIn } = client?.reviewRule ?? ReviewRule.parse({});
  const { technicalLeadId = client?.technicalLeadId, projectManagerId = client?.projectManagerId } = body;
  return {
    ...{ because: ['by-hand'], technicalLeadId, projectManagerId },
    ownerId: body.ownerId ?? (await ownerFor(ports, incident)),
    dueAt: body.dueAt ?? after(draw.now, dueIn),
    ...{ technique: body.technique, problem: body.problem },
  };
};

/** Whoever answered it, where that is somebody. */
export const ownerFor = async (ports: Ports, incident: Incident): Promise<string | undefined> => {
  const { acknowledgedBy: id } = incident;
  if (id?.startsWith('per_') && (await ports.store.get({ kind: 'person', id }))) return id;
  const newest = { limit: 50, reversed: true };
  const { items } = await ports.store.list({ of: 'timeline-entry', incidentId: incident.id }, newest);
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
  draw: Draw,
): Promise<{ writes: Write[]; state: Review }> => {
  const review = draft(incident, opening, draw);
  const plan = open(review, { around: await reviewAround(ports, review), draw, actor });
  const sections = Object.entries(prefill(await knownOf(ports, incident))).map(
    ([name, text]): Write => ({
      put: filledIn(review, { name: name as SectionName, text }, draw),
      guard: 'new',
    }),
  );
  const story = scribe(incident, draw);
  const text = `A review is opened, to be done by ${review.dueAt.slice(0, 10)}.`;
  story.write({ what: 'review-due', text, reason: plan.reason, actor, refersTo: { reviewId: review.id } });
  if (missingRoles(review).length > 0)
    ports.watch.note('review-without-approver', { reviewId: review.id, clientId: review.clientId });
  const { writes, state } = planWrites(undefined, plan, draw);
  return { writes: [...writes, ...sections, ...story.entries.map((put): Write => ({ put }))], state };
};

const FIREBREAK: Actor = { kind: 'firebreak', id: 'firebreak' };

/** A section as Firebreak fills it in. */
export const filledIn = (
  { id: reviewId, clientId }: Pick<Review, 'id' | 'clientId'>,
  { name, text }: { name: SectionName; text: string },
  { now }: Draw,
): ReviewSection => ({
  ...{ kind: 'review-section', reviewId, name, clientId, version: 1, text, prefilled: true },
  ...{ writtenBy: FIREBREAK, updatedAt: now },
});
