import { oneLine } from '../../one-line.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { nameOf } from '../../outbox/planner.ts';
import type { Recipient } from '../../outbox/subject.ts';
import { type Problem, Refused } from '../../refused.ts';
import { requireApprover } from './approving.ts';
import { requireWriting } from './editing.ts';
import { aboutReview, toReader } from './messages.ts';
import { type Deciding, plannerOf } from './planner.ts';
import type { Publication, Review } from './review.ts';

/** The client's version as it would be given, and what must not be in it. */
export interface ClientVersion {
  title: string;
  markdown: string;
  leaks: Problem[];
}

/** What was decided, with the words that are kept; undefined when it was published before. */
export interface Publishing {
  plan: Decision<Review>;
  publication?: Publication;
}

/** Whether it may be given to the client at all. @throws Refused `illegal-move`. */
const requireApproval = (review: Review): void => {
  requireWriting(review);
  if (review.status !== 'approved')
    throw new Refused('illegal-move', 'This review needs both approvals before it can be published.');
};

/** @throws Refused `invalid` with everything internal in it, or when nothing was written for the client. */
const requireCleanWords = ({ markdown, leaks }: ClientVersion): void => {
  if (leaks.length > 0)
    throw new Refused(
      'invalid',
      'The client version contains internal details. Remove them, then publish again.',
      leaks,
    );
  if (markdown.trim() === '')
    throw new Refused('invalid', 'The client sections are empty.', [
      { path: 'sections.client-summary', message: 'needs to say what happened, in words for the client' },
    ]);
};

/** Gives the client its version: kept as it is, and everybody who is to have it hears. */
export const publish = (
  review: Review,
  version: ClientVersion,
  { context, invocation, actor }: Deciding,
): Publishing => {
  if (review.status === 'published') return { plan: nothing(review, 'published-already') };
  requireApproval(review);
  requireCleanWords(version);
  const number = review.publications + 1;
  const state: Review = {
    ...review,
    status: 'published',
    generation: review.generation + 1,
    publishedAt: invocation.now,
    publications: number,
  };
  const planner = plannerOf(state, context, invocation);
  const { publishTo } = context.rule;
  for (const { id, name, email } of publishTo) {
    const to: Recipient = { id, name, channel: 'email', address: email, ours: false };
    planner.notifyThese([to], {
      occasion: 'published',
      turn: number,
      words: toReader(state, { name, number }),
    });
  }
  const names = publishTo.map(({ name }) => oneLine(name)).join(', ') || 'no recipients';
  const text = `Published by ${nameOf(actor)}, version ${number}: ${names}.`;
  planner.write({ what: 'published', text, reason: 'published', actor });
  return {
    plan: planner.plan('published'),
    publication: publicationOf(state, version, { context, invocation, actor }),
  };
};

const publicationOf = (
  review: Review,
  { title, markdown }: ClientVersion,
  { context, invocation, actor }: Deciding,
): Publication => ({
  ...{ kind: 'publication', reviewId: review.id, number: review.publications, clientId: review.clientId },
  ...{ revision: review.revision, title, markdown },
  ...{ publishedAt: invocation.now, publishedBy: actor as Actor },
  to: context.rule.publishTo.map(({ id, name }) => ({ id, name })),
});

/** Somebody answers for its not being written. @throws Refused `forbidden`, `illegal-move`. */
export const waive = (
  review: Review,
  reason: string,
  { context, invocation, actor }: Deciding,
): Decision<Review> => {
  requireApprover(review, actor as Actor);
  if (review.status === 'waived') return nothing(review, 'waived-already');
  if (review.status === 'approved' || review.status === 'published')
    throw new Refused('illegal-move', 'This review is already approved and cannot be waived.');
  const waived = { by: actor as Actor, at: invocation.now, reason };
  const generation = review.generation + 1;
  const state: Review = { ...review, status: 'waived', generation, approvals: [], waived };
  const planner = plannerOf(state, context, invocation);
  const lines = [`${nameOf(actor)} waived this review: ${reason}`];
  const words = aboutReview(state, 'Waived', lines);
  const told = planner.notify(['owner', 'lead', 'manager'], { occasion: 'waived', words });
  const text = `Waived by ${nameOf(actor)}: ${reason} Notified: ${told}.`;
  planner.write({ what: 'waived', text, reason: 'waived', actor });
  return planner.plan('waived');
};
