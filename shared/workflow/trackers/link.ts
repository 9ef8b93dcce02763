import { type Actor, actorOf } from '../../domain/outbox/actor.ts';
import { invalid } from '../../domain/parse.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import type { Issue } from '../../domain/preventive/tracker/issue.ts';
import { awaitIssue, untie } from '../../domain/preventive/tracker/issue-link.ts';
import { syncIssueLater } from '../../domain/preventive/tracker/syncing.ts';
import { isKeyOf, type Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import { requireVersion, type Writer } from '../directory/crud.ts';
import { type Attempt, commitWithRetry } from '../engine/commit.ts';
import { findFor } from '../engine/find-for.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { issueTracker } from './issue-trackers.ts';
import { followIssue, linkingWrites } from './linking.ts';
import { tokenOf } from './secret.ts';
import { untrackedWrites } from './tracked.ts';

interface Wish {
  id: string;
  trackerId: string;
  /** The issue that is there already; without it one is made. */
  key?: string | undefined;
}

/**
 * Links an action item to an issue that is there already, which is read once, or has one made.
 * @throws Refused `invalid`, `illegal-move` where it is linked to another or the issue stands for another item, `stale`.
 */
export const linkItem = async (ports: Ports, caller: Writer, wish: Wish): Promise<ActionItem> => {
  const before = await linkable(ports, caller, wish);
  if (before.link) return before;
  const tracker = await trackerFor(ports, before, wish.trackerId);
  const issue = wish.key === undefined ? undefined : await issueAt(ports, tracker, wish.key);
  const actor = actorOf(caller.principal);
  const linking = { tracker, actor, issue };
  const item = await commitWithRetry(ports, () => attempt(ports, caller, { wish, linking }), caller);
  if (!issue) return item;
  await followIssue(ports, item, { issue, actor });
  return findFor(ports, caller.principal, { kind: 'action-item', id: item.id, role: 'write' });
};

interface Linking {
  tracker: Tracker;
  actor: Actor;
  issue: Issue | undefined;
}

const attempt = async (
  ports: Ports,
  caller: Writer,
  { wish, linking: { tracker, actor, issue } }: { wish: Wish; linking: Linking },
): Promise<Attempt<ActionItem>> => {
  const { invocation } = caller;
  const item = await linkable(ports, caller, wish);
  if (item.link) return { writes: [], result: item };
  if (!issue) {
    const { writes, state } = planWrites(item, awaitIssue(item, tracker, { invocation, actor }), invocation);
    return {
      writes: [...writes, ...syncIssueLater(state, invocation).map((put): Write => ({ put }))],
      result: state,
    };
  }
  const linked = await linkingWrites(ports, item, { how: 'linked', tracker, issue, actor }, invocation);
  if (linked) return linked;
  throw new Refused('illegal-move', `The issue ${issue.key} is already linked to another action item.`);
};

/** The item, linked to nothing yet or to the very same. */
const linkable = async (
  ports: Ports,
  { principal, ifMatch }: Writer,
  { id, trackerId, key }: Wish,
): Promise<ActionItem> => {
  const item = await findFor(ports, principal, { kind: 'action-item', id, role: 'write' });
  requireVersion(item, ifMatch);
  const { link } = item;
  const isOther = link && (link.trackerId !== trackerId || (key !== undefined && link.key !== key));
  if (!isOther) return item;
  const to = link.key ? `the issue ${link.key}` : 'an issue that is being created';
  throw new Refused('illegal-move', `This action item is already linked to ${to}. Remove that link first.`);
};

const trackerFor = async ({ store }: Ports, { clientId }: ActionItem, id: string): Promise<Tracker> => {
  const tracker = await store.get({ kind: 'tracker', id });
  if (tracker?.clientId === clientId) return tracker;
  throw invalid([{ path: 'body.trackerId', message: 'this client has no such tracker' }]);
};

/** The issue, as its tracker shows it. What is wrong with the key is the caller's; a tracker that is down is not. */
const issueAt = async (ports: Ports, tracker: Tracker, key: string): Promise<Issue> => {
  const wrong = (message: string) => invalid([{ path: 'body.key', message }]);
  if (!isKeyOf(tracker, key)) throw wrong(`must be the key of an issue of ${tracker.project}`);
  const token = await tokenOf(ports, tracker);
  if (!token) throw new Refused('unavailable', 'The tracker has no token. Set a new one.');
  try {
    return await issueTracker(ports, tracker, token).read(key);
  } catch (error) {
    if (!(error instanceof Refused) || error.code === 'unavailable') throw error;
    throw wrong(error.message);
  }
};

/** Takes the link of an item away; the issue stays as it is. */
export const unlinkItem = (ports: Ports, caller: Writer, id: string): Promise<void> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation, ifMatch } = caller;
      const item = await findFor(ports, principal, { kind: 'action-item', id, role: 'write' });
      requireVersion(item, ifMatch);
      const { link } = item;
      if (!link) return { writes: [], result: undefined };
      const text = `The link to ${link.key ? `the issue ${link.key}` : 'an issue'} was removed.`;
      const plan = untie(item, { text, reason: 'by-hand' }, { invocation, actor: actorOf(principal) });
      const { writes } = planWrites(item, plan, invocation);
      return { writes: [...writes, ...untrackedWrites(link)], result: undefined };
    },
    caller,
  );
