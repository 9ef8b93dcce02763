import type { Invocation } from '../../domain/id.ts';
import type { Actor } from '../../domain/outbox/actor.ts';
import { edit, requireWriting } from '../../domain/preventive/review/editing.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Writer } from '../directory/crud.ts';
import { actorBy } from '../engine/actor-by.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { findFor } from '../engine/find-for.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { reviewContext } from './context.ts';

/** The review that is written in, who writes, and the draw for what they make. */
export interface Writing {
  review: Review;
  actor: Actor;
  invocation: Invocation;
}

/** What is written, with a sentence for the history. No writes: nothing has changed. */
export interface Written<T> {
  writes: Write[];
  what: string;
  result: T;
}

interface Edit<T> {
  id: string;
  by?: string | undefined;
  /** Asked again when somebody else wrote meanwhile; each part that it writes carries a guard of its own. */
  decide(at: Writing): Promise<Written<T>>;
}

/**
 * Every change of a review's contents: they are committed with the review, one revision on. Two people who write
 * different parts merge; the same part is guarded by its own version.
 * @throws Refused `not-found`, `illegal-move` when it was waived, and what `decide` refuses.
 */
export const editReview = <T>(ports: Ports, caller: Writer, { id, by, decide }: Edit<T>): Promise<T> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation } = caller;
      const review = await findFor(ports, principal, { kind: 'review', id, role: 'write' });
      const actor = await actorBy(ports, caller, by);
      requireWriting(review);
      const { writes, what, result } = await decide({ review, actor, invocation });
      if (writes.length === 0) return { writes, result };
      const plan = edit(review, { actor, what }, await reviewContext(ports, review), invocation);
      return { writes: [...planWrites(review, plan, invocation).writes, ...writes], result };
    },
    caller,
  );
