import type { Decision } from '../../domain/outbox/decision.ts';
import type { Effect } from '../../domain/outbox/timer.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import { type KnownIssue, knownIssue } from '../../domain/preventive/tracker/issue.ts';
import { troubled, untie } from '../../domain/preventive/tracker/issue-link.ts';
import { wantedIssue } from '../../domain/preventive/tracker/issue-text.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import { after, type Duration } from '../../domain/time.ts';
import { loadContext } from '../action-items/context.ts';
import { itemOf } from '../action-items/read.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { type Doing, done } from '../engine/effect.ts';
import { newInvocation } from '../engine/invocation.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import { issueTracker } from './issue-trackers.ts';
import { pushIssue, type Work } from './push-issue.ts';
import { tokenOf } from './secret.ts';
import { acquireTurn } from './turn.ts';

/** With the delays between them about a day. */
const MOST_ATTEMPTS = 30;
const LONGEST_DELAY = 60;

const delayAfter = ({ attempts }: Effect): Duration =>
  `PT${Math.min(2 ** Math.max(0, attempts - 1), LONGEST_DELAY)}M`;

/**
 * Brings the issue of an action item up to what the item says by now, and makes it first where there is none. A tracker
 * that is down is tried again for a day; what it refuses for good, the item's history says and its owner hears, once.
 * Safe to repeat: only what differs is written, and an issue that was made before a crash is found again by its marker.
 */
export const syncIssue = async (
  ports: Ports,
  promised: Effect,
  _what: Doing<'sync-issue'>,
): Promise<string> => {
  const effect = await acquireTurn(ports, promised);
  if (!effect) return 'another-does-it';
  const item = await itemOf(ports, effect.subjectId);
  const known = item && knownIssue(item);
  if (!item || !known) return finish(ports, effect, 'not-linked');
  const tracker = await ports.store.get({ kind: 'tracker', id: known.trackerId });
  if (tracker?.clientId !== item.clientId) return giveUpLink(ports, effect);
  try {
    return await pushIssue(ports, await workOf(ports, effect, { item, known, tracker }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return outcomeOf(ports, effect, { tracker, refusal: error });
  }
};

const workOf = async (
  ports: Ports,
  effect: Effect,
  { item, known, tracker }: { item: ActionItem; known: KnownIssue; tracker: Tracker },
): Promise<Work> => {
  const token = await tokenOf(ports, tracker);
  if (!token) throw new Refused('invalid', 'the tracker has no token. Set a new one.');
  const { publicUrl } = ports.settings;
  const wanted = wantedIssue(item, { ...(await loadContext(ports, item)), publicUrl }, tracker.type);
  return { effect, item, known, tracker, wanted, api: issueTracker(ports, tracker, token) };
};

const finish = (ports: Ports, effect: Effect, reason: string): Promise<string> =>
  commitWithRetry(ports, async () => ({ writes: [done(effect)], result: reason }));

/** A token that was just changed may still be the old one here, for a minute: refused once, it is tried again. */
const outcomeOf = (
  ports: Ports,
  effect: Effect,
  { tracker, refusal }: { tracker: Tracker; refusal: Refused },
): Promise<string> => {
  const mayPass =
    refusal.code === 'unavailable' || (refusal.code === 'unauthenticated' && effect.attempts < 2);
  if (!mayPass) return tellOwner(ports, effect, { tracker, why: refusal.message });
  if (effect.attempts >= MOST_ATTEMPTS)
    return tellOwner(ports, effect, { tracker, why: `all attempts failed for a day. ${refusal.message}` });
  const dueAt = after(ports.clock.now(), delayAfter(effect));
  return commitWithRetry(ports, async () => ({ writes: [{ put: { ...effect, dueAt } }], result: 'later' }));
};

/** Decides about the item as it is now, and takes the effect away with it. */
const reconcile = (
  ports: Ports,
  effect: Effect,
  decide: (item: ActionItem) => Promise<Decision<ActionItem>>,
): Promise<string> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async () => {
    const item = await itemOf(ports, effect.subjectId);
    if (!item) return { writes: [done(effect)], result: 'not-linked' };
    const plan = await decide(item);
    return { writes: [...planWrites(item, plan, invocation).writes, done(effect)], result: plan.reason };
  });
};

const tellOwner = (
  ports: Ports,
  effect: Effect,
  { tracker, why }: { tracker: Tracker; why: string },
): Promise<string> => {
  ports.telemetry.note('tracker-refused', { trackerId: tracker.id });
  const invocation = newInvocation(ports);
  return reconcile(ports, effect, async (item) => {
    const { owner } = await loadContext(ports, item);
    return troubled(item, { why, owner, trackerName: tracker.name }, invocation);
  });
};

const giveUpLink = (ports: Ports, effect: Effect): Promise<string> => {
  const invocation = newInvocation(ports);
  const text = 'The issue link was removed with its tracker.';
  return reconcile(ports, effect, async (item) =>
    untie(item, { text, reason: 'tracker-is-gone' }, { invocation }),
  );
};
