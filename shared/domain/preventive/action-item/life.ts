import { cut } from '../../one-line.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { nameOf } from '../../outbox/planner.ts';
import { Refused } from '../../refused.ts';
import { dateAndTime, epoch, type Instant, instant, milliseconds } from '../../time.ts';
import { type ActionItem, ActionItemFields } from './action-item.ts';
import { proofOf, SAY_DONE } from './messages.ts';
import { type Deciding, type Planner, plannerOf } from './planner.ts';
import { armProof, armReminders } from './timing.ts';

/** What stands on the item itself, which every change writes anew; its history has all of it. */
const inShort = (why: string): string => cut(why, 500);

type ItemPlan = Decision<ActionItem>;

const LEAST_TIME = milliseconds('P1D');

const give = (planner: Planner, { status }: ActionItem, { actor }: Deciding): string =>
  planner.notify(['owner'], {
    ...{ occasion: 'given', mark: 'Assigned to you', ...(status === 'open' ? { asks: SAY_DONE } : {}) },
    lines: [`${nameOf(actor)} assigned this action item to you.`],
  });

/** A new action item: its owner hears of it, and is reminded. */
export const make = (item: ActionItem, deciding: Deciding): ItemPlan => {
  const { context, invocation, actor } = deciding;
  const planner = plannerOf(item, context, invocation);
  const told = give(planner, item, deciding);
  const text = `Made: ${item.title}. Due ${dateAndTime(item.dueAt)}; told: ${told}.`;
  planner.write({ what: 'made', text, reason: 'made', actor });
  armReminders(planner, item, { now: invocation.now, timeZone: context.timeZone });
  return planner.plan('made');
};

const FIELDS = Object.keys(ActionItemFields.shape) as (keyof ActionItemFields)[];

const differs = (one: ActionItem, other: ActionItem, field: keyof ActionItem): boolean =>
  JSON.stringify(one[field]) !== JSON.stringify(other[field]);

/**
 * An item as somebody changed it. Another owner or date (or another check, of what waits for one) moves its generation
 * on: what was armed for the old ones dies.
 */
export const change = (was: ActionItem, wanted: ActionItem, deciding: Deciding): ItemPlan => {
  const { context, invocation, actor } = deciding;
  const changed = FIELDS.filter((field) => differs(was, wanted, field));
  if (changed.length === 0) return nothing(was, 'unchanged');
  const isOpen = was.status === 'open';
  const moves = ['ownerId', 'dueAt', ...(isOpen ? [] : ['verification'])];
  const hasMoved = changed.some((field) => moves.includes(field));
  const item = hasMoved ? { ...wanted, generation: was.generation + 1 } : wanted;
  const planner = plannerOf(item, context, invocation);
  planner.write({ what: 'changed', text: `Changed: ${changed.join(', ')}.`, reason: 'changed', actor });
  if (changed.includes('ownerId')) give(planner, item, deciding);
  else if (isOpen && changed.includes('dueAt')) tellNewDate(planner, was, deciding);
  if (hasMoved && isOpen) armReminders(planner, item, { now: invocation.now, timeZone: context.timeZone });
  if (hasMoved && !isOpen) armProof(planner, item, invocation.now);
  return planner.plan(hasMoved ? 'moved' : 'changed');
};

const tellNewDate = (planner: Planner, { dueAt }: ActionItem, { actor }: Deciding): void => {
  planner.notify(['owner'], {
    ...{ occasion: 'new-date', mark: 'New date', asks: SAY_DONE },
    lines: [`${nameOf(actor)} changed the due date (was ${dateAndTime(dueAt)}).`],
  });
};

/** Somebody says that it is done; whether it holds is found out from now on. */
export const complete = (item: ActionItem, note: string | undefined, deciding: Deciding): ItemPlan => {
  if (item.status === 'done' || item.status === 'proven') return nothing(item, 'done-already');
  if (item.status === 'dropped')
    throw new Refused('illegal-move', 'This action item was dropped. Reopen it first.');
  const { context, invocation, actor } = deciding;
  const done: ActionItem = {
    ...item,
    ...{ status: 'done', generation: item.generation + 1, doneAt: invocation.now, doneBy: actor },
  };
  const planner = plannerOf(done, context, invocation);
  const text = `Done. Proven when ${proofOf(item.verification)}.${note ? ` ${note}` : ''}`;
  planner.write({ what: 'done', text, reason: 'done', actor });
  armProof(planner, done, invocation.now);
  return planner.plan('done');
};

/** Why it is open again; `incidentId` where one of its causes came up again. */
export interface Reopening {
  because: string;
  reason: string;
  incidentId?: string;
}

/** As much time as it had at first, a day at least. */
const dueAgain = ({ firstDueAt, dueAt, createdAt }: ActionItem, now: Instant): Instant =>
  instant(epoch(now) + Math.max(LEAST_TIME, epoch(firstDueAt ?? dueAt) - epoch(createdAt)));

/** Names what is told of one incident in which a cause came up again: it is told once, whatever the item is by then. */
export const recurredIn = (incidentId: string): string => `recurred-${incidentId}`;

/** What did not hold is open again, with a new date; its owner and the lead hear why. */
export const openAgain = (
  { doneAt, doneBy: _by, provenAt: _at, droppedBecause: _why, ...rest }: ActionItem,
  { because, reason, incidentId }: Reopening,
  { context, invocation, actor }: Deciding,
): ItemPlan => {
  const item = {
    ...rest,
    ...{
      status: 'open',
      generation: rest.generation + 1,
      dueAt: dueAgain(rest as ActionItem, invocation.now),
    },
    ...{ reopenings: rest.reopenings + (doneAt ? 1 : 0), reopenedBecause: inShort(because) },
    ...(incidentId ? { reopenedFor: incidentId } : {}),
  } as ActionItem;
  const planner = plannerOf(item, context, invocation);
  const lines = [`Reopened: ${because}`];
  const occasion = incidentId ? recurredIn(incidentId) : 'open-again';
  planner.notify(['owner', 'lead'], { occasion, mark: 'Open again', lines, asks: SAY_DONE });
  const text = `Reopened, due ${dateAndTime(item.dueAt)}: ${because}`;
  planner.write({ what: 'reopened', text, reason, actor });
  armReminders(planner, item, { now: invocation.now, timeZone: context.timeZone });
  return planner.plan('open-again');
};

/** Somebody opens it again by hand, whatever became of it. */
export const reopen = (item: ActionItem, note: string, deciding: Deciding): ItemPlan => {
  if (item.status === 'open') return nothing(item, 'open-already');
  const because = `${nameOf(deciding.actor)} says: ${note}`;
  return openAgain(item, { because, reason: 'by-hand' }, deciding);
};

/** Somebody answers for it that this is not done; the lead hears. */
export const drop = (item: ActionItem, why: string, { context, invocation, actor }: Deciding): ItemPlan => {
  if (item.status === 'dropped') return nothing(item, 'dropped-already');
  if (item.status === 'proven')
    throw new Refused('illegal-move', 'This action item is proven and cannot be dropped.');
  const { doneAt: _at, doneBy: _by, ...rest } = item;
  const dropped = {
    ...rest,
    ...{ status: 'dropped', generation: item.generation + 1, droppedBecause: inShort(why) },
  } as ActionItem;
  const planner = plannerOf(dropped, context, invocation);
  const lines = [`${nameOf(actor)} has dropped this action item: ${why}`];
  planner.notify(['lead'], { occasion: 'dropped', mark: 'Dropped', lines });
  planner.write({ what: 'dropped', text: `Dropped: ${why}`, reason: 'dropped', actor });
  return planner.plan('dropped');
};
