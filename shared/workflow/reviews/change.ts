import { invalid } from '../../domain/parse.ts';
import { type Changes, change } from '../../domain/preventive/review/change.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Writer } from '../directory/keep.ts';
import type { Ports } from '../ports.ts';
import { moveReview } from './moves.ts';

const PEOPLE = ['ownerId', 'technicalLeadId', 'projectManagerId'] as const;

/** @throws Refused `invalid` with everybody who is not here. */
export const insistOnPeople = async (
  ports: Ports,
  body: Partial<Record<(typeof PEOPLE)[number], string | undefined>>,
): Promise<void> => {
  const named = PEOPLE.flatMap((field) => {
    const id = body[field];
    return id === undefined ? [] : [{ field, id }];
  });
  const found = await Promise.all(named.map(({ id }) => ports.store.get({ kind: 'person', id })));
  const problems = named
    .filter((_, place) => !found[place])
    .map(({ field }) => ({ path: `body.${field}`, message: 'there is no such person' }));
  if (problems.length > 0) throw invalid(problems);
};

/** Changes whose a review is, by when it is to be done, or what is asked in it. */
export const changeReview = (
  ports: Ports,
  caller: Writer,
  { id, patch: { by, ...patch } }: { id: string; patch: Changes & { by?: string | undefined } },
): Promise<Review> =>
  moveReview(ports, caller, {
    id,
    by,
    // Whoever comes to it with the change is told as they can be reached.
    as: (review) => ({ ...review, ...given(patch) }),
    decide: async (review, deciding) => {
      await insistOnPeople(ports, patch);
      return { plan: change(review, patch, deciding) };
    },
  });

const given = (patch: Changes): Changes =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
