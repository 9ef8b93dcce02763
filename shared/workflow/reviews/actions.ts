import type { Actor } from '../../domain/outbox/actor.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import { approve, askForChanges as sendBack, submit } from '../../domain/preventive/review/approving.ts';
import type { Deciding } from '../../domain/preventive/review/planner.ts';
import { waive } from '../../domain/preventive/review/publishing.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { requireVersion, type Writer } from '../directory/crud.ts';
import { actorBy } from '../engine/actor-by.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { findFor } from '../engine/find-for.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { reviewContext } from './context.ts';
import { contentsOf } from './read.ts';

interface Action {
  id: string;
  by?: string | undefined;
  /** With whom it is decided, where that is not who it belongs to now. */
  as?(review: Review): Review;
  decide(
    review: Review,
    deciding: Deciding & { actor: Actor },
  ): Promise<{ plan: Decision<Review>; also?: Write[] }>;
}

/** Moves a review for an API's caller or the holder of a link. Doing what is done already is an outcome too. */
export const runReviewAction = (
  ports: Ports,
  caller: Writer,
  { id, by, as, decide }: Action,
): Promise<Review> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation, ifMatch } = caller;
      const before = await findFor(ports, principal, { kind: 'review', id, role: 'write' });
      requireVersion(before, ifMatch);
      const actor = await actorBy(ports, caller, by);
      const context = await reviewContext(ports, as ? as(before) : before);
      const { plan, also = [] } = await decide(before, { context, invocation, actor });
      const { writes, state } = planWrites(before, plan, invocation);
      return { writes: [...writes, ...also], result: state };
    },
    caller,
  );

interface By {
  id: string;
  by?: string | undefined;
}

/** @throws Refused `illegal-move` that names everything that is missing. */
export const submitReview = (ports: Ports, caller: Writer, { id, by }: By): Promise<Review> =>
  runReviewAction(ports, caller, {
    id,
    by,
    decide: async (review, deciding) => ({ plan: submit(await contentsOf(ports, review), deciding) }),
  });

/** @throws Refused `forbidden`, `illegal-move`, and `stale` when it has changed since that revision. */
export const approveReview = (
  ports: Ports,
  caller: Writer,
  { id, by, revision, note }: By & { revision?: number | undefined; note?: string | undefined },
): Promise<Review> => {
  let read = revision;
  return runReviewAction(ports, caller, {
    id,
    by,
    decide: async (review, deciding) => {
      // Who names none means the one that is there now, and not one that somebody else is just writing.
      read ??= review.revision;
      return { plan: approve(review, { revision: read, note }, deciding) };
    },
  });
};

export const askForChanges = (
  ports: Ports,
  caller: Writer,
  { id, by, note }: By & { note: string },
): Promise<Review> =>
  runReviewAction(ports, caller, {
    id,
    by,
    decide: async (review, deciding) => ({ plan: sendBack(review, note, deciding) }),
  });

export const waiveReview = (
  ports: Ports,
  caller: Writer,
  { id, by, reason }: By & { reason: string },
): Promise<Review> =>
  runReviewAction(ports, caller, {
    id,
    by,
    decide: async (review, deciding) => ({ plan: waive(review, reason, deciding) }),
  });
