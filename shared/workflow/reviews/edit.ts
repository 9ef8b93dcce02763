import type { Actor } from '../../domain/corrective/timeline.ts';
import type { Draw } from '../../domain/id.ts';
import { edit, insistOnWriting } from '../../domain/preventive/review/editing.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { actorBy } from '../actor-by.ts';
import { decideAgain } from '../commit.ts';
import type { Writer } from '../directory/keep.ts';
import { findFor } from '../find-for.ts';
import { planWrites } from '../plan-writes.ts';
import type { Ports } from '../ports.ts';
import type { Write } from '../store-port.ts';
import { reviewAround } from './around.ts';

/** The review that is written in, who writes, and the draw for what they make. */
export interface Writing {
  review: Review;
  actor: Actor;
  draw: Draw;
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
  decideAgain(
    ports,
    async () => {
      const { principal, draw } = caller;
      const review = await findFor(ports, principal, { kind: 'review', id, role: 'write' });
      const actor = await actorBy(ports, caller, by);
      insistOnWriting(review);
      const { writes, what, result } = await decide({ review, actor, draw });
      if (writes.length === 0) return { writes, result };
      const plan = edit(review, { actor, what }, await reviewAround(ports, review), draw);
      return { writes: [...planWrites(review, plan, draw).writes, ...writes], result };
    },
    caller,
  );
