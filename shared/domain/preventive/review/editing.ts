import type { Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { Refused } from '../../refused.ts';
import { askForApproval } from './messages.ts';
import { type Context, type Planner, plannerOf } from './planner.ts';
import { MOST_AUTHORS, type Review } from './review.ts';
import { armRound } from './rounds.ts';

/** What somebody changed in the contents; `what` is a sentence for its history. */
export interface Editing {
  actor: Actor;
  what: string;
}

/** @throws Refused `illegal-move` when nobody writes it. */
export const requireWriting = ({ status }: Review): void => {
  if (status === 'waived')
    throw new Refused('illegal-move', 'This review was waived. Reopen it before you write in it.');
};

/**
 * Its contents have changed: one revision on, with one more author. Whoever had approved has not approved this, so that
 * both approvers are asked again; while nobody had, nobody is.
 * @throws Refused `illegal-move` when it was waived.
 */
export const edit = (
  review: Review,
  editing: Editing,
  context: Context,
  invocation: Invocation,
): Decision<Review> => {
  requireWriting(review);
  const state = revised(review, editing.actor);
  const planner = plannerOf(state, context, invocation);
  const { actor, what } = editing;
  planner.write({ what: 'edited', text: `Revision ${state.revision}: ${what}`, reason: 'edited', actor });
  if (state.generation === review.generation) return planner.plan('edited');
  askAgain(planner, { review: state, context, invocation });
  return planner.plan('to-be-approved-again');
};

/** The review one revision on; to be approved again where somebody had approved it. */
export const revised = (review: Review, actor: Actor): Review => {
  const edited: Review = { ...review, revision: review.revision + 1, authors: withAuthor(review, actor) };
  const isDecided = ['approved', 'published'].includes(review.status) || review.approvals.length > 0;
  if (!isDecided) return edited;
  const generation = review.generation + 1;
  return { ...edited, status: 'in-review', generation, approvals: [], approvedAt: undefined };
};

/** What Firebreak fills in by itself makes nobody an author. */
const withAuthor = ({ authors }: Review, { kind, id }: Actor): string[] => {
  if (kind === 'firebreak' || authors.includes(id)) return authors;
  if (authors.length === MOST_AUTHORS)
    throw new Refused(
      'illegal-move',
      `${MOST_AUTHORS} people have already written in this review, which is the maximum.`,
    );
  return [...authors, id];
};

/** Both approvers hear that what they had read has changed. */
export const askAgain = (
  planner: Planner,
  { review, context, invocation }: { review: Review; context: Context; invocation: Invocation },
): void => {
  const why = [`This review was changed after approval and is now at revision ${review.revision}.`];
  const told = askBoth(planner, review, why);
  const text = `This change removed the approvals. Both approvers are asked again: ${told}.`;
  planner.write({ what: 'approvals-cleared', text, reason: 'changed-after-approval' });
  armRound(planner, { task: 'approve', round: 1, context, invocation });
};

/** Asks both for their approval. Gives the names of those who hear. */
export const askBoth = (planner: Planner, review: Review, why: readonly string[]): string => {
  const occasion = 'approve';
  const lead = askForApproval(review, review.technicalLeadId, why);
  const manager = askForApproval(review, review.projectManagerId, why);
  return [
    planner.notify(['lead'], { occasion, words: lead }),
    planner.notify(['manager'], { occasion, words: manager }),
  ].join(', ');
};
