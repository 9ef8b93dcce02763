import type { Effect } from '../../domain/outbox/timer.ts';
import { after } from '../../domain/time.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { done } from '../engine/effect.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';

/** Longer than a lease: what is due later than that is at nobody's hands, but waits for its next try. */
const WAITS = 'PT45S';

/**
 * One at a time brings an item to its tracker, or two would make two issues. The oldest effect does it, for all that
 * was promised since: the others go. One that waits for its next try goes too, and this one takes over where it was.
 * One that was begun earlier than another, but committed when that was at it already, comes after its lease.
 * Undefined when another is at it.
 */
export const acquireTurn = async (ports: Ports, effect: Effect): Promise<Effect | undefined> => {
  const others: Effect[] = [];
  for await (const each of listAll(ports, { of: 'effect', subjectId: effect.subjectId }))
    if (each.perform.type === 'sync-issue' && each.id !== effect.id) others.push(each);
  const soon = after(ports.clock.now(), WAITS);
  const [near, waiting] = [
    others.filter(({ dueAt }) => dueAt <= soon),
    others.filter(({ dueAt }) => dueAt > soon),
  ];
  const atIt = near.some(({ id }) => id < effect.id);
  const claimedBefore = near.find(({ attempts, dueAt }) => attempts > 0 && dueAt < effect.dueAt);
  if (!atIt && claimedBefore) return comeAfter(ports, effect, claimedBefore);
  if (!atIt && waiting.length === 0) return effect;
  const attempts = Math.max(effect.attempts, ...waiting.map((other) => other.attempts + 1));
  const mine: Effect = { ...effect, attempts };
  const writes = atIt ? [done(effect)] : [{ put: mine }, ...waiting.map(done)];
  return commitWithRetry(ports, async () => ({ writes, result: atIt ? undefined : mine }));
};

const comeAfter = (ports: Ports, effect: Effect, { dueAt }: Effect): Promise<undefined> => {
  const later: Effect = { ...effect, dueAt: after(dueAt, 'PT1S') };
  return commitWithRetry(ports, async () => ({ writes: [{ put: later }], result: undefined }));
};
