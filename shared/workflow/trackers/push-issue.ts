import type { Invocation } from '../../domain/id.ts';
import type { Effect } from '../../domain/outbox/timer.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import {
  changeFor,
  type Issue,
  type KnownIssue,
  knownIssue,
  type Wanted,
} from '../../domain/preventive/tracker/issue.ts';
import { broughtTo, type Linking, linkTo, untie } from '../../domain/preventive/tracker/issue-link.ts';
import { showsOtherwise } from '../../domain/preventive/tracker/syncing.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import { itemOf } from '../action-items/read.ts';
import { type Attempt, commitWithRetry } from '../engine/commit.ts';
import { done } from '../engine/effect.ts';
import { newInvocation } from '../engine/invocation.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import type { IssueTracker } from './issue-tracker.ts';
import { trackedWrites } from './tracked.ts';

/** One item on its way to its tracker. */
export interface Work {
  effect: Effect;
  item: ActionItem;
  known: KnownIssue;
  tracker: Tracker;
  wanted: Wanted;
  api: IssueTracker;
}

/** What came of it there. */
interface Brought {
  how?: Linking['how'];
  issue?: Issue;
}

/** Brings it there, and commits what came of it. Throws what the tracker refused. */
export const pushIssue = async (ports: Ports, work: Work): Promise<string> => {
  const brought = work.known.key ? await update(work, work.known.key) : await make(ports, work);
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, () => record(ports, { work, brought }, invocation));
};

const update = async ({ api, wanted, known }: Work, key: string): Promise<Brought> => {
  const change = changeFor(wanted, known);
  return change ? { issue: await api.change(key, change) } : {};
};

/** Makes the issue; where an earlier try may have done so, it is looked for first. */
const make = async (ports: Ports, { api, wanted, effect, item, known, tracker }: Work): Promise<Brought> => {
  const triedBefore = effect.attempts > 1 || known.trouble;
  const found = triedBefore ? await api.find(item.id) : undefined;
  if (found && (await isFree(ports, { found, tracker, item })))
    return follow(api, wanted, { how: 'found', issue: found });
  return follow(api, wanted, { how: 'made', issue: await api.make(wanted) });
};

const isFree = async (
  { store }: Ports,
  { found, tracker, item }: { found: Issue; tracker: Tracker; item: ActionItem },
): Promise<boolean> => {
  const tracked = await store.get({ kind: 'tracked-issue', trackerId: tracker.id, key: found.key });
  return !tracked || tracked.actionItemId === item.id;
};

/** An item may be over before it has an issue, and one that was found may say what was true a while ago. */
const follow = async (
  api: IssueTracker,
  wanted: Wanted,
  { how, issue }: Required<Brought>,
): Promise<Brought> => {
  const { title, text } = wanted;
  const isAsMade =
    how === 'made' || (issue.title === title && issue.text.replaceAll('\r', '').startsWith(text));
  const should = wanted.closed ? 'closed' : 'open';
  if (isAsMade && issue.state === should) return { how, issue };
  const change = {
    ...(isAsMade ? {} : { title, text }),
    ...(issue.state === should ? {} : ({ state: should, closed: wanted.closed } as const)),
  };
  return { how, issue: await api.change(issue.key, change) };
};

/** Whether the item is still linked to what was brought there. */
const isStillLinked = (item: ActionItem, { known: before }: Work, { issue }: Brought): boolean => {
  const known = knownIssue(item);
  if (known?.trackerId !== before.trackerId) return false;
  return known.key === undefined ? before.key === undefined : known.key === (issue?.key ?? before.key);
};

/**
 * The item as it is by now learns what came of it. What it says anew since is brought there too: the effect that was
 * promised for that may have gone, seeing this one at work.
 */
const record = async (
  ports: Ports,
  { work, brought }: { work: Work; brought: Brought },
  invocation: Invocation,
): Promise<Attempt<string>> => {
  const { effect, item: before, wanted } = work;
  const item = await itemOf(ports, effect.subjectId);
  if (!item || !isStillLinked(item, work, brought))
    return unlinkedMeanwhile(item, { work, brought }, invocation);
  const again = showsOtherwise(before, item);
  const rest: Write = again ? { put: { ...effect, dueAt: invocation.now, attempts: 0 } } : done(effect);
  const { how, issue } = brought;
  if (how && issue) {
    const linked = await newlyLinked(ports, item, { ...work, how, issue }, invocation);
    return { ...linked, writes: [...linked.writes, rest] };
  }
  const plan = broughtTo(item, { ...(issue ? { issue } : {}), wanted });
  return { writes: [...planWrites(item, plan, invocation).writes, rest], result: plan.reason };
};

const newlyLinked = async (
  ports: Ports,
  item: ActionItem,
  { tracker, wanted, how, issue }: Work & Required<Brought>,
  invocation: Invocation,
): Promise<Attempt<string>> => {
  const tracked = await trackedWrites(ports, { tracker, issue, item });
  if (!tracked) throw new Refused('illegal-move', 'That issue is linked to another action item.');
  const there = { trackerId: tracker.id, trackerName: tracker.name };
  const plan = linkTo(item, { how, issue, wanted, ...there }, { invocation });
  return { writes: [...planWrites(item, plan, invocation).writes, ...tracked], result: plan.reason };
};

/** Somebody took the link away while the issue was being made: the history says where it is. */
const unlinkedMeanwhile = (
  item: ActionItem | undefined,
  { work, brought: { how, issue } }: { work: Work; brought: Brought },
  invocation: Invocation,
): Attempt<string> => {
  const reason = 'not-linked';
  if (!item || how !== 'made' || !issue) return { writes: [done(work.effect)], result: reason };
  const text = `An issue was created while the link changed and is not linked: ${issue.url}.`;
  const history = untie(item, { text, reason }, { invocation }).history.map((put): Write => ({ put }));
  return { writes: [...history, done(work.effect)], result: reason };
};
