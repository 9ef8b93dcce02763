import type { Invocation } from '../../id.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { dateAndTime } from '../../time.ts';
import { aboutReview, askForApproval, missingApprover, ROLE_NAMES } from './messages.ts';
import { missingRoles } from './opening.ts';
import { type Context, type Planner, plannerOf, type Role } from './planner.ts';
import {
  APPROVER_FIELDS,
  APPROVER_ROLES,
  type ApproverRole,
  type Review,
  type ReviewStatus,
} from './review.ts';
import { armRound, armUntilDue } from './rounds.ts';

/** What a task of a review stands on. */
export interface TaskContext {
  context: Context;
  invocation: Invocation;
}

type Task = (review: Review, taskContext: TaskContext, round: number) => Decision<Review>;

/** After so many rounds one approver hears that it waits for the other. */
const ROUNDS_TO_WAIT = 3;

/** A task whose time has come. What was promised under an older generation is left alone. */
export const runTask = (
  review: Review,
  { generation, task }: { generation: number; task: string },
  taskContext: TaskContext,
): Decision<Review> => {
  if (review.generation !== generation) return nothing(review, 'overtaken');
  const [name = '', round] = task.split(':');
  const found = TASKS[name];
  if (!found) return nothing(review, 'unknown-task');
  if (found.status !== review.status) return nothing(review, review.status);
  return found.run(review, taskContext, Number(round ?? 0));
};

/** What is said each time, with whom it was said to. */
const remind = (planner: Planner, text: string, told: string): void =>
  planner.write({ what: 'reminded', text: `${text} Reminded: ${told}.`, reason: 'not-done-yet' });

const beforeDue =
  (occasion: 'half' | 'day-before'): Task =>
  (review, { context, invocation }) => {
    const planner = plannerOf(review, context, invocation);
    const text = `The review is due ${dateAndTime(review.dueAt)}.`;
    remind(planner, text, remindOwner(planner, review, { occasion, lines: [text] }));
    if (occasion === 'half') armUntilDue(planner, review, invocation);
    else planner.arm('due', review.dueAt);
    return planner.plan('reminded');
  };

const remindOwner = (
  planner: Planner,
  review: Review,
  { occasion, turn = 0, lines }: { occasion: string; turn?: number; lines: string[] },
): string =>
  planner.notify(['owner'], {
    ...{ occasion, turn },
    words: aboutReview(review, turn === 0 ? 'To be written' : 'Overdue', [
      ...lines,
      'Submit it when it is written.',
    ]),
  });

const due: Task = (review, { context, invocation }) => {
  const planner = plannerOf(review, context, invocation);
  const text = 'The review is due now.';
  remind(planner, text, remindOwner(planner, review, { occasion: 'due', lines: [text] }));
  armRound(planner, { task: 'overdue', round: 1, context, invocation });
  return planner.plan('due');
};

const CLIMB: Role[] = ['lead', 'manager'];

/** The owner every time; from the first round on the lead hears too, from the second the manager. */
const overdue: Task = (review, { context, invocation }, round) => {
  const planner = plannerOf(review, context, invocation);
  const text = `The review was due ${dateAndTime(review.dueAt)} and has not been submitted.`;
  const at = { occasion: 'overdue', turn: round };
  const owner = remindOwner(planner, review, { ...at, lines: [text] });
  const words = aboutReview(review, 'Overdue', [
    text,
    `The owner was reminded: ${owner}. Please make sure that it gets written, reassign it, or waive it with a reason.`,
  ]);
  const told = planner.notify(CLIMB.slice(0, round), { ...at, words });
  remind(planner, text, `${owner}, ${told}`);
  armRound(planner, { task: 'overdue', round: round + 1, context, invocation });
  return planner.plan('overdue');
};

const WHO: Record<ApproverRole, Role> = { 'technical-lead': 'lead', 'project-manager': 'manager' };

/** Whoever has not approved, every round; whoever has hears each third round that it waits for the other. */
const approve: Task = (review, { context, invocation }, round) => {
  const planner = plannerOf(review, context, invocation);
  const waitsFor = APPROVER_ROLES.filter((each) => !review.approvals.some(({ role }) => role === each));
  const named = waitsFor.map((each) => ROLE_NAMES[each]).join(' and the ');
  const text = `The review waits for approval by the ${named}.`;
  const missing = missingRoles(review);
  const why = [text, ...(missing.length > 0 ? [missingApprover(missing)] : [])];
  const told = waitsFor.map((each) => {
    const words = askForApproval(review, review[APPROVER_FIELDS[each]], why);
    return planner.notify([WHO[each]], { occasion: 'approve', turn: round, words });
  });
  remind(planner, why.join(' '), told.join(', '));
  if (missing.length > 0) tellOwnerOfMissing(planner, review, { why, round });
  if (round % ROUNDS_TO_WAIT === 0) tellOther(planner, review, { waitsFor, round });
  armRound(planner, { task: 'approve', round: round + 1, context, invocation });
  return planner.plan('reminded');
};

const tellOwnerOfMissing = (
  planner: Planner,
  review: Review,
  { why, round }: { why: string[]; round: number },
): void => {
  const words = aboutReview(review, 'An approver is missing', why);
  planner.notify(['owner'], { occasion: 'approver-missing', turn: round, words });
};

/** Each of those who are waited for is named to the other one. */
const tellOther = (
  planner: Planner,
  review: Review,
  { waitsFor, round }: { waitsFor: ApproverRole[]; round: number },
): void => {
  for (const late of waitsFor) {
    const other = APPROVER_ROLES.find((each) => each !== late) ?? late;
    const text = `The ${ROLE_NAMES[late]} has not approved the review after ${round} rounds of reminders.`;
    const words = aboutReview(review, 'Still not approved', [
      text,
      'Talk to them, or name another approver.',
    ]);
    const told = planner.notify([WHO[other]], { occasion: `late-${late}`, turn: round, words });
    planner.write({ what: 'approver-late', text: `${text} Notified: ${told}.`, reason: 'not-approved' });
  }
};

const publish: Task = (review, { context, invocation }, round) => {
  const readers = context.rule.publishTo.length;
  if (readers === 0) return nothing(review, 'nobody-waits');
  const planner = plannerOf(review, context, invocation);
  const text = 'The review is approved, and the client is waiting for its version.';
  const words = aboutReview(review, 'Ready to publish', [text, 'Please publish it.']);
  remind(planner, text, planner.notify(['manager'], { occasion: 'publish', turn: round, words }));
  armRound(planner, { task: 'publish', round: round + 1, context, invocation });
  return planner.plan('reminded');
};

const TASKS: Record<string, { status: ReviewStatus; run: Task }> = {
  half: { status: 'writing', run: beforeDue('half') },
  'day-before': { status: 'writing', run: beforeDue('day-before') },
  due: { status: 'writing', run: due },
  overdue: { status: 'writing', run: overdue },
  approve: { status: 'in-review', run: approve },
  publish: { status: 'approved', run: publish },
};
