import type { Invocation } from '../../domain/id.ts';
import type { Actor } from '../../domain/outbox/actor.ts';
import { type Received, receive } from '../../domain/preventive/action-item/receiving.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { itemWrites, loadContext } from './context.ts';
import { itemOf } from './read.ts';

/** What a tracker's webhook says of the issue of an item. The caller has made sure that it may. Gives the reason. */
export const onTrackerEvent = (
  ports: Ports,
  {
    actionItemId,
    actor,
    change,
    invocation,
  }: { actionItemId: string; actor: Actor; change: Received; invocation: Invocation },
): Promise<string> =>
  commitWithRetry(ports, async () => {
    const item = await itemOf(ports, actionItemId);
    if (!item) return { writes: [], result: 'item-is-gone' };
    const plan = receive(item, change, { context: await loadContext(ports, item), invocation, actor });
    return { writes: itemWrites(item, plan, invocation).writes, result: plan.reason };
  });
