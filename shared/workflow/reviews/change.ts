import { invalid } from '../../domain/parse.ts';
import { type Changes, change } from '../../domain/preventive/review/change.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Writer } from '../directory/crud.ts';
import { problemsWithPeople } from '../engine/people-named.ts';
import type { Ports } from '../engine/ports.ts';
import { runReviewAction } from './actions.ts';

/** @throws Refused `invalid` with everybody who is not here. */
export const requirePeople = async (
  ports: Ports,
  { ownerId, technicalLeadId, projectManagerId }: Changes,
): Promise<void> => {
  const problems = await problemsWithPeople(ports, { ownerId, technicalLeadId, projectManagerId });
  if (problems.length > 0) throw invalid(problems);
};

/** Changes the owner, due date, approvers or problem of a review. */
export const changeReview = (
  ports: Ports,
  caller: Writer,
  { id, patch: { by, ...patch } }: { id: string; patch: Changes & { by?: string | undefined } },
): Promise<Review> =>
  runReviewAction(ports, caller, {
    id,
    by,
    // Whoever comes to it with the change is told as they can be reached.
    as: (review) => ({ ...review, ...given(patch) }),
    decide: async (review, deciding) => {
      await requirePeople(ports, patch);
      return { plan: change(review, patch, deciding) };
    },
  });

const given = (patch: Changes): Changes =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
