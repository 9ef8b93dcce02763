import { cut, oneLine } from '../../one-line.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { nameOf } from '../../outbox/planner.ts';
import type { ActionItem } from './action-item.ts';
import { complete, openAgain, recurredIn } from './life.ts';
import { SAY_DONE } from './messages.ts';
import { type Deciding, plannerOf } from './planner.ts';

/** What a tracker says of the issue that stands for an item. */
export interface Received {
  status?: 'closed' | 'open' | undefined;
  title?: string | undefined;
}

const LONGEST_TITLE = 200;
/** What others wrote may be pages long, and a text has room for a few lines. */
const LONGEST_QUOTE = 100;

const short = (text: string): string => cut(oneLine(text), LONGEST_QUOTE);

/** The item as the tracker knows it; the very same when it says nothing new. */
const asHeard = (item: ActionItem, { status, title }: Received): ActionItem => {
  const named = cut(oneLine(title ?? ''), LONGEST_TITLE) || item.title;
  const { link } = item;
  if (named === item.title && (!status || !link || link.state === status)) return item;
  return { ...item, title: named, ...(link && status ? { link: { ...link, state: status } } : {}) };
};

/** An issue was closed, opened again or renamed: so is the item. What it knows already changes nothing. */
export const receive = (item: ActionItem, heard: Received, deciding: Deciding): Decision<ActionItem> => {
  const told = asHeard(item, heard);
  const { actor, context, invocation } = deciding;
  if (heard.status === 'closed' && item.status === 'open')
    return complete(told, 'The linked issue was closed.', deciding);
  if (heard.status === 'open' && item.status !== 'open') {
    const because = `the linked issue was reopened by ${nameOf(actor)}.`;
    return openAgain(told, { because, reason: 'issue-opened-again' }, deciding);
  }
  if (told === item) return nothing(item, 'known-already');
  const planner = plannerOf(told, context, invocation);
  if (told.title !== item.title)
    planner.write({ what: 'changed', text: `Renamed: ${told.title}.`, reason: 'issue-renamed', actor });
  return planner.plan('heard');
};

/** An incident in which a cause of the item came up again. */
export interface Recurrence {
  incident: { id: string; number: number; title: string; openedAt: string };
  cause: string;
}

/**
 * A cause came up that the item was to prevent. What was done or proven is open again; the owner of an open one hears
 * of it. The same incident counts once, and none that began before the item was done.
 */
export const reopenForRecurrence = (
  item: ActionItem,
  seen: Recurrence,
  deciding: Deciding,
): Decision<ActionItem> => {
  const { incident } = seen;
  if (item.status === 'dropped') return nothing(item, 'dropped');
  if (item.reopenedFor === incident.id) return nothing(item, 'known-already');
  const because = `“${short(seen.cause)}” recurred in incident ${incident.number}, “${short(incident.title)}”.`;
  if (item.status === 'open') return tellOwner(item, { because, incidentId: incident.id }, deciding);
  if (item.doneAt && incident.openedAt < item.doneAt) return nothing(item, 'older-than-the-fix');
  return openAgain(item, { because, reason: 'recurrence', incidentId: incident.id }, deciding);
};

const tellOwner = (
  before: ActionItem,
  { because, incidentId }: { because: string; incidentId: string },
  { context, invocation, actor }: Deciding,
): Decision<ActionItem> => {
  const item = { ...before, reopenedFor: incidentId };
  const planner = plannerOf(item, context, invocation);
  const lines = [`The problem that this action item should prevent has recurred: ${because}`];
  const occasion = recurredIn(incidentId);
  planner.notify(['owner'], { occasion, mark: 'Recurred', lines, asks: SAY_DONE });
  planner.write({ what: 'recurred', text: because, reason: 'recurrence', actor });
  return planner.plan('owner-told');
};
