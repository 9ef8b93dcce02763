import { pauseOf } from '../../directory/follow-up.ts';
import type { Invocation } from '../../id.ts';
import { after, epoch, instant, milliseconds } from '../../time.ts';
import type { Context, Planner } from './planner.ts';
import type { Review } from './review.ts';

/** After so many rounds nobody is reminded more often than weekly, and never less. */
const ROUNDS_AT_FIRST = 10;
const WEEKLY = 'P7D';
const DAY = milliseconds('P1D');

/** How long until the next round of reminders, once the one before it has been. */
const pause = (round: number, { rule: { remindEvery } }: Context): string =>
  round > ROUNDS_AT_FIRST && milliseconds(remindEvery) < milliseconds(WEEKLY) ? WEEKLY : pauseOf(remindEvery);

/** Arms a round of reminders, counted from 1. */
export const armRound = (
  planner: Planner,
  {
    task,
    round,
    context,
    invocation,
  }: { task: string; round: number; context: Context; invocation: Invocation },
): void => planner.arm(`${task}:${round}`, after(invocation.now, pause(round, context)));

/** While it is written: at half of the time that is left, a day before it is due, when it is, and from then on in rounds. */
export const armWriting = (
  planner: Planner,
  { review, context, invocation }: { review: Review; context: Context; invocation: Invocation },
): void => {
  const left = epoch(review.dueAt) - epoch(invocation.now);
  if (left > 0) planner.arm('half', instant(epoch(invocation.now) + Math.floor(left / 2)));
  else armRound(planner, { task: 'overdue', round: 1, context, invocation });
};

/** A day before it is due where that is still to come, else when it is. */
export const armUntilDue = (planner: Planner, { dueAt }: Review, { now }: Invocation): void => {
  const dayBefore = instant(epoch(dueAt) - DAY);
  if (dayBefore > now) planner.arm('day-before', dayBefore);
  else planner.arm('due', dueAt);
};

/** What goes on by itself in the status that a review is in now. */
export const armStatus = (
  planner: Planner,
  current: { review: Review; context: Context; invocation: Invocation },
): void => {
  const { review, context, invocation } = current;
  if (review.status === 'writing') armWriting(planner, current);
  if (review.status === 'in-review') armRound(planner, { task: 'approve', round: 1, context, invocation });
  if (review.status === 'approved' && context.rule.publishTo.length > 0)
    armRound(planner, { task: 'publish', round: 1, context, invocation });
};
