import { firebreak } from '../../domain/directory/access.ts';
import { actorOf } from '../../domain/outbox/actor.ts';
import type { Effect } from '../../domain/outbox/timer.ts';
import {
  reopenForRecurrence as decide,
  type Recurrence,
} from '../../domain/preventive/action-item/receiving.ts';
import { Refused } from '../../domain/refused.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { type Doing, done } from '../engine/effect.ts';
import { newInvocation } from '../engine/invocation.ts';
import { listAll } from '../engine/list-all.ts';
import { isPromised } from '../engine/our-recipient.ts';
import type { Ports } from '../engine/ports.ts';
import { itemWrites, loadContext } from './context.ts';
import { itemOf } from './read.ts';

/** As many sweeps as an hour has: what cannot be read for so long is left, and its alarms say which it was. */
const MOST_TRIES = 60;

/**
 * A cause came up again: every action item that was to prevent it is opened again, or its owner told, once for this
 * incident; each in a commit of its own. An item that is gone or was dropped is passed over; a bad one fails alone.
 */
export const reopenForRecurrence = async (
  ports: Ports,
  effect: Effect,
  what: Doing<'reopen-for-recurrence'>,
): Promise<string> => {
  const { causeId, incidentId } = what;
  const failures = await recurAll(ports, what);
  for (const error of failures) ports.telemetry.alarm('not-recurred', error, { causeId, incidentId });
  if (failures.length > 0 && effect.attempts <= MOST_TRIES) return 'not-recurred';
  return commitWithRetry(ports, async () => ({ writes: [done(effect)], result: 'recurred' }));
};

/** What went wrong for good: a bad item fails alone. Trouble with the store that passes is that of all of them. */
const recurAll = async (
  ports: Ports,
  { causeId, incidentId }: Doing<'reopen-for-recurrence'>,
): Promise<unknown[]> => {
  const failures: unknown[] = [];
  const note = (error: unknown): void => {
    if (error instanceof Refused) throw error;
    failures.push(error);
  };
  const all = async (): Promise<void> => {
    const [cause, incident] = await Promise.all([
      ports.store.get({ kind: 'cause', id: causeId }),
      ports.store.get({ kind: 'incident', id: incidentId }),
    ]);
    if (!cause || !incident) return;
    for await (const { actionItemId } of listAll(
      ports,
      { of: 'cause-action', causeId },
      { unreadable: note },
    ))
      await recurOne(ports, actionItemId, { incident, cause: cause.text }).catch(note);
  };
  await all().catch(note);
  return failures;
};

const recurOne = (ports: Ports, id: string, seen: Recurrence): Promise<string> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async () => {
    const item = await itemOf(ports, id);
    if (!item) return { writes: [], result: 'item-is-gone' };
    const context = await loadContext(ports, item);
    const plan = decide(item, seen, { context, invocation, actor: actorOf(firebreak) });
    const [told] = plan.outbox;
    // Another incident may have counted in between; who was told of this one is not told again.
    if (told?.kind === 'notice' && (await isPromised(ports, told)))
      return { writes: [], result: 'known-already' };
    return { writes: itemWrites(item, plan, invocation).writes, result: plan.reason };
  });
};
