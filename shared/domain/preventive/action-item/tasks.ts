import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { dateAndTime } from '../../time.ts';
import type { ActionItem } from './action-item.ts';
import { SAY_DONE, SAY_WHETHER } from './messages.ts';
import { type Deciding, plannerOf } from './planner.ts';
import { again, armAgain, EVERYBODY, hearing } from './timing.ts';
import { prove } from './verification.ts';

/** What a task of an item stands on. */
export interface TaskContext extends Deciding {
  /** What was seen since it was done of what it is to keep away; looked for by `prove` only. */
  seen?: string | undefined;
}

type ItemPlan = Decision<ActionItem>;

/** The lead (or whoever looks in their place) is asked twice before the manager hears too. */
const ASKED_ALONE = 2;

/** A task whose time has come. One of an older generation is left alone. */
export const runTask = (
  item: ActionItem,
  { generation, task }: { generation: number; task: string },
  taskContext: TaskContext,
): ItemPlan => {
  if (item.generation !== generation) return nothing(item, 'overtaken');
  const [name, of = ''] = task.split(':');
  switch (name) {
    case 'remind':
      return remind(item, of, taskContext);
    case 'overdue':
      return sayOverdue(item, Number(of), taskContext);
    case 'look':
      return askWhether(item, Number(of), taskContext);
    case 'prove':
      return prove(item, taskContext.seen, taskContext);
    default:
      return nothing(item, 'unknown-task');
  }
};

const remind = (item: ActionItem, when: string, { context, invocation }: TaskContext): ItemPlan => {
  const planner = plannerOf(item, context, invocation);
  const mark = when === 'today' ? 'Due today' : 'Due soon';
  const lines = [`This action item is due on ${dateAndTime(item.dueAt)}.`];
  const told = planner.notify(['owner'], { occasion: `remind-${when}`, mark, lines, asks: SAY_DONE });
  planner.write({ what: 'reminded', text: `${mark}; reminded: ${told}.`, reason: 'on-time' });
  return planner.plan('reminded');
};

const sayOverdue = (item: ActionItem, turn: number, { context, invocation }: TaskContext): ItemPlan => {
  const planner = plannerOf(item, context, invocation);
  const lines = [
    `This action item was due on ${dateAndTime(item.dueAt)} and is not done. Complete it, change the date, or drop it with a reason.`,
  ];
  const told = planner.notify(hearing(turn), {
    ...{ occasion: 'overdue', turn, mark: 'Overdue', lines, asks: SAY_DONE },
  });
  planner.write({ what: 'overdue', text: `Overdue; told: ${told}.`, reason: 'not-done-in-time' });
  if (turn >= EVERYBODY) armAgain(planner, item, { turn: turn + 1, now: invocation.now });
  return planner.plan('overdue');
};

const askWhether = (item: ActionItem, turn: number, { context, invocation }: TaskContext): ItemPlan => {
  const { verification } = item;
  if (verification.type !== 'statement') return nothing(item, 'nothing-to-ask');
  const planner = plannerOf(item, context, invocation);
  const lines = [
    'This action item was marked as done. Please check whether this statement is true:',
    `“${verification.statement}”`,
  ];
  const told = planner.notify(turn < ASKED_ALONE ? ['verifier'] : ['verifier', 'manager'], {
    ...{ occasion: 'look', turn, mark: 'Please verify', lines, asks: SAY_WHETHER },
  });
  planner.write({ what: 'asked', text: `Asked to verify: ${told}.`, reason: 'time-to-look' });
  planner.arm(`look:${turn + 1}`, again(item.followUp.remindEvery, invocation.now));
  return planner.plan('asked');
};
