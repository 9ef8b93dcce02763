import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { nameOf } from '../../outbox/planner.ts';
import { invalid } from '../../parse.ts';
import { dateAndTime, type Instant } from '../../time.ts';
import { askAgain, requireWriting, revised } from './editing.ts';
import { aboutReview, askForApproval } from './messages.ts';
import { type Deciding, type Planner, plannerOf } from './planner.ts';
import { APPROVER_FIELDS, type Review, type Technique } from './review.ts';
import { armStatus } from './rounds.ts';

/** What may be changed beside the contents; what is not named stays. */
export interface Changes {
  ownerId?: string | undefined;
  technicalLeadId?: string | undefined;
  projectManagerId?: string | undefined;
  dueAt?: Instant | undefined;
  technique?: Technique | undefined;
  problem?: string | undefined;
}

const PEOPLE = ['ownerId', 'technicalLeadId', 'projectManagerId'] as const;
const WORDS = ['technique', 'problem'] as const;
type Field = keyof Changes;

const SPOKEN: Record<Field, string> = {
  ownerId: 'owner',
  technicalLeadId: 'technical lead',
  projectManagerId: 'project manager',
  dueAt: 'date',
  technique: 'technique',
  problem: 'problem',
};

/**
 * Who is to do something for it or by when, and what is asked in it. The technique and the problem are contents: to be
 * approved again where it was. @throws Refused `invalid` when one person would approve twice, `illegal-move`.
 */
export const change = (
  was: Review,
  changes: Changes,
  { context, invocation, actor }: Deciding,
): Decision<Review> => {
  requireWriting(was);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const changed = given.flatMap(([field, value]) => (was[field] === value ? [] : [field as Field]));
  if (changed.length === 0) return nothing(was, 'nothing-changed');
  const state = changedBy(was, { ...was, ...Object.fromEntries(given) }, { changed, actor: actor as Actor });
  requireTwo(state, changes);
  const planner = plannerOf(state, context, invocation);
  planner.write({ what: 'changed', text: textOf(state, { changed, actor }), reason: 'changed', actor });
  if (state.generation === was.generation) return planner.plan('changed');
  const isAskedAgain = was.status !== 'in-review' && state.status === 'in-review';
  if (isAskedAgain || (hasWords(changed) && was.approvals.length > 0))
    askAgain(planner, { review: state, context, invocation });
  else {
    tellNewcomers(planner, state, changed);
    armStatus(planner, { review: state, context, invocation });
  }
  return planner.plan('changed');
};

const hasWords = (changed: Field[]): boolean => changed.some((field) => WORDS.includes(field as never));

const isWhoOrWhen = (changed: Field[]): boolean =>
  changed.some((field) => field === 'dueAt' || PEOPLE.includes(field as never));

const changedBy = (
  was: Review,
  next: Review,
  { changed, actor }: { changed: Field[]; actor: Actor },
): Review => {
  const state = hasWords(changed) ? revised(next, actor) : next;
  const isNew = isWhoOrWhen(changed) && state.generation === was.generation;
  return isNew ? { ...state, generation: was.generation + 1, approvals: withoutReplaced(state) } : state;
};

/**
 * While it waits for approval, that of somebody who is replaced no longer counts, also where they are the other one of
 * the two now: one person does not approve twice. What is approved stays so.
 */
const withoutReplaced = (review: Review): Review['approvals'] =>
  review.status === 'in-review'
    ? review.approvals.filter(({ role, by }) => by === review[APPROVER_FIELDS[role]])
    : review.approvals;

/** Who approves it, as it would be, and which of them were named just now. @throws Refused `invalid`. */
export const requireTwo = (
  { technicalLeadId, projectManagerId }: Pick<Review, 'technicalLeadId' | 'projectManagerId'>,
  given: Pick<Changes, 'technicalLeadId' | 'projectManagerId'>,
): void => {
  if (!technicalLeadId || technicalLeadId !== projectManagerId) return;
  const [field, other] = given.projectManagerId
    ? ['projectManagerId', 'technical lead']
    : ['technicalLeadId', 'project manager'];
  const message = `must not be the ${other}: two different people approve a review`;
  throw invalid([{ path: `body.${field}`, message }]);
};

const textOf = (
  review: Review,
  { changed, actor }: { changed: Field[]; actor: Deciding['actor'] },
): string => {
  const due = changed.includes('dueAt') ? ` Due ${dateAndTime(review.dueAt)}.` : '';
  const revision = hasWords(changed) ? ` Now at revision ${review.revision}.` : '';
  return `Changed by ${nameOf(actor)}: ${changed.map((field) => SPOKEN[field]).join(', ')}.${due}${revision}`;
};

/** Whoever has to do something now hears so; whoever had heard before is reminded anyway. */
const tellNewcomers = (planner: Planner, review: Review, changed: Field[]): void => {
  const { status, technicalLeadId, projectManagerId } = review;
  if (status === 'writing' && (changed.includes('ownerId') || changed.includes('dueAt'))) {
    const lines = ['Please make sure that it gets written. Anyone involved may write.'];
    planner.notify(['owner'], {
      occasion: 'to-write',
      words: aboutReview(review, 'Review assigned to you', lines),
    });
  }
  if (status !== 'in-review') return;
  const why = ['The review is ready for your approval.'];
  const occasion = 'approve';
  if (changed.includes('technicalLeadId'))
    planner.notify(['lead'], { occasion, words: askForApproval(review, technicalLeadId, why) });
  if (changed.includes('projectManagerId'))
    planner.notify(['manager'], { occasion, words: askForApproval(review, projectManagerId, why) });
};
