import { recordOutcomeLater } from '../../corrective/incidents/record-outcome.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { nameOf } from '../../outbox/planner.ts';
import { Refused } from '../../refused.ts';
import type { Contents } from './contents.ts';
import { askBoth, requireWriting } from './editing.ts';
import { aboutReview, missingApprover, ROLE_NAMES } from './messages.ts';
import { missingRoles } from './opening.ts';
import { type Deciding, type Planner, plannerOf } from './planner.ts';
import { requireReadiness } from './readiness.ts';
import { APPROVER_FIELDS, APPROVER_ROLES, type ApproverRole, approverRoleOf, type Review } from './review.ts';
import { armRound, armWriting } from './rounds.ts';

/** In which role somebody approves a review. @throws Refused `forbidden` when in none. */
const roleOf = (review: Review, { kind, id }: Deciding['actor']): ApproverRole => {
  const role = approverRoleOf(review, id);
  if (role) return role;
  const otherwise =
    kind === 'api-key'
      ? 'Set `by` to the id of the approver.'
      : 'Set the approvers first (PATCH technicalLeadId, projectManagerId).';
  throw new Refused(
    'forbidden',
    `Only the technical lead and the project manager of a review can decide. ${otherwise}`,
  );
};

/** An API key without a name behind it speaks for the installation. @throws Refused `forbidden` for anybody else. */
export const requireApprover = (review: Review, actor: Actor): void => {
  if (actor.kind !== 'api-key') roleOf(review, actor);
};

/** It is written: both approvers are asked. @throws Refused `illegal-move` that names everything that is missing. */
export const submit = (contents: Contents, { context, invocation, actor }: Deciding): Decision<Review> => {
  const { review } = contents;
  requireWriting(review);
  if (review.status !== 'writing') return nothing(review, 'submitted-already');
  requireReadiness(contents);
  const state: Review = {
    ...review,
    status: 'in-review',
    generation: review.generation + 1,
    submittedAt: invocation.now,
    approvals: [],
  };
  const planner = plannerOf(state, context, invocation);
  const told = askBoth(planner, state, [`Revision ${state.revision} is ready for your approval.`]);
  const roles = missingRoles(state);
  const missing = roles.length > 0 ? ` ${missingApprover(roles)}` : '';
  const text = `Submitted for approval by ${nameOf(actor)}; notified: ${told}.${missing}`;
  planner.write({ what: 'submitted', text, reason: 'submitted', actor });
  armRound(planner, { task: 'approve', round: 1, context, invocation });
  return planner.plan('submitted');
};

interface Approving {
  /** The revision that was read; whichever it is now, unless told. */
  revision?: number | undefined;
  note?: string | undefined;
}

const withNote = (text: string, note: string | undefined): string => (note ? `${text} ${note}` : text);

/**
 * One of the two approves what they have read; with the other it is approved.
 * @throws Refused `forbidden` for anybody else, `illegal-move` for whoever wrote part of it and while it cannot be
 * approved, `stale` when it has changed since they read it.
 */
export const approve = (
  review: Review,
  { revision = review.revision, note }: Approving,
  { context, invocation, actor }: Deciding,
): Decision<Review> => {
  const role = roleOf(review, actor);
  requireWriting(review);
  requireStranger(review, { role, id: actor.id });
  if (revision !== review.revision)
    throw new Refused(
      'stale',
      `The review has changed (now revision ${review.revision}). Read it again before you approve.`,
    );
  if (review.approvals.some((approval) => approval.role === role && approval.by === actor.id))
    return nothing(review, 'approved-already');
  if (review.status !== 'in-review')
    throw new Refused('illegal-move', 'This review has not been submitted yet. Submit it before approval.');
  const approval = { role, by: actor.id, name: nameOf(actor), at: invocation.now, revision };
  const approvals = [...review.approvals.filter((each) => each.role !== role), approval];
  const isBoth = approvals.length === APPROVER_ROLES.length;
  const state: Review = isBoth
    ? {
        ...review,
        approvals,
        status: 'approved',
        generation: review.generation + 1,
        approvedAt: invocation.now,
      }
    : { ...review, approvals };
  const planner = plannerOf(state, context, invocation);
  const text = `Approved by ${nameOf(actor)} as ${ROLE_NAMES[role]} (revision ${revision}).`;
  planner.write({ what: 'approved', text: withNote(text, note), reason: 'approved', actor });
  if (!isBoth) return planner.plan('approved-by-one');
  tellOfApproval(planner, state, context);
  planner.promise(recordOutcomeLater(state, invocation));
  if (context.rule.publishTo.length > 0)
    armRound(planner, { task: 'publish', round: 1, context, invocation });
  return planner.plan('approved');
};

/** Nobody approves their own words. */
const requireStranger = ({ authors }: Review, { role, id }: { role: ApproverRole; id: string }): void => {
  if (!authors.includes(id)) return;
  throw new Refused(
    'illegal-move',
    `An author of a review cannot approve it. Set another ${ROLE_NAMES[role]} for this review (PATCH ${APPROVER_FIELDS[role]}).`,
  );
};

const tellOfApproval = (
  planner: Planner,
  review: Review,
  { rule: { publishTo } }: Deciding['context'],
): void => {
  const waits = publishTo.length > 0;
  const forOwner = aboutReview(review, 'Approved', [
    'Both approvers have approved this review. Thank you for writing it.',
  ]);
  const forManager = aboutReview(review, waits ? 'Approved: ready to publish' : 'Approved', [
    waits
      ? `Both approvers have approved this review. ${publishTo.length === 1 ? 'One person at the client is waiting' : `${publishTo.length} people at the client are waiting`} for their version: please publish it.`
      : 'Both approvers have approved this review.',
  ]);
  planner.notify(['manager'], { occasion: 'approved', words: forManager });
  planner.notify(['owner'], { occasion: 'approved', words: forOwner });
};

/** One of the two wants it changed first: its owner hears what. @throws Refused `forbidden`, `illegal-move`. */
export const askForChanges = (
  review: Review,
  note: string,
  { context, invocation, actor }: Deciding,
): Decision<Review> => {
  requireApprover(review, actor as Actor);
  requireWriting(review);
  if (review.status === 'writing')
    throw new Refused(
      'illegal-move',
      'This review is still being written. Edit it instead of asking for changes.',
    );
  const state: Review = {
    ...review,
    status: 'writing',
    generation: review.generation + 1,
    approvals: [],
    approvedAt: undefined,
  };
  const planner = plannerOf(state, context, invocation);
  const lines = [`${nameOf(actor)} asks for changes:`, note, 'Submit the review again after the changes.'];
  const words = aboutReview(state, 'Changes requested', lines);
  const told = planner.notify(['owner'], { occasion: 'changes-asked', words });
  const text = `${nameOf(actor)} asks for changes: ${note} Notified: ${told}.`;
  planner.write({ what: 'changes-asked', text, reason: 'changes-asked', actor });
  armWriting(planner, { review: state, context, invocation });
  return planner.plan('changes-asked');
};
