import type { Draw } from '../../id.ts';
import { after, epoch, instant, milliseconds } from '../../time.ts';
import { pauseOf } from '../follow-up.ts';
import type { Around, Planner } from './planner.ts';
import type { Review } from './review.ts';

/** After so many rounds nobody is reminded more often than weekly, and never less. */
const ROUNDS_AT_FIRST = 10;
const WEEKLY = 'P7D';
const DAY = milliseconds('P1D');

/** How long until the next round of reminders, once the one before it has been. */
const pause = (round: number, { rule: { remindEvery } }: Around): string =>
  round > ROUNDS_AT_FIRST && milliseconds(remindEvery) < milliseconds(WEEKLY) ? WEEKLY : pauseOf(remindEvery);

/** Arms a round of reminders, counted from 1. */
export const armRound = (
  planner: Planner,
  { task, round, around, draw }: { task: string; round: number; around: Around; draw: Draw },
): void => planner.arm(`${task}:${round}`, after(draw.now, pause(round, around)));

/** While it is written: at half of the time that is left, a day before it is due, when it is, and from then on in rounds. */
export const armWriting = (
  planner: Planner,
  { review, around, draw }: { review: Review; around: Around; draw: Draw },
): void => {
  const left = epoch(review.dueAt) - epoch(draw.now);
  if (left > 0) planner.arm('half', instant(epoch(draw.now) + Math.floor(left / 2)));
  else armRound(planner, { task: 'overdue', round: 1, around, draw });
};

/** A day before it is due where that is still to come, else when it is. */
export const armUntilDue = (planner: Planner, { dueAt }: Review, { now }: Draw): void => {
  const dayBefore = instant(epoch(dueAt) - DAY);
  if (dayBefore > now) planner.arm('day-before', dayBefore);
  else planner.arm('due', dueAt);
};

/** What goes on by itself in the status that a review is in now. */
export const armStatus = (
  planner: Planner,
  standing: { review: Review; around: Around; draw: Draw },
): void => {
  const { review, around, draw } = standing;
  if (review.status === 'writing') armWriting(planner, standing);
  if (review.status === 'in-review') armRound(planner, { task: 'approve', round: 1, around, draw });
  if (review.status === 'approved' && around.rule.publishTo.length > 0)
    armRound(planner, { task: 'publish', round: 1, around, draw });
};
