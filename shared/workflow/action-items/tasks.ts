import { firebreak } from '../../domain/directory/access.ts';
import { actorOf } from '../../domain/outbox/actor.ts';
import { historyWriter } from '../../domain/outbox/history.ts';
import { runTask } from '../../domain/preventive/action-item/tasks.ts';
import { notifyFallback } from '../engine/our-recipient.ts';
import { promiseWrites } from '../engine/plan-writes.ts';
import type { SubjectHandler } from '../engine/subjects.ts';
import { itemWrites, loadContext } from './context.ts';
import { itemOf } from './read.ts';
import { seenSince } from './seen-since.ts';

/** How timers and notices tend to action items. */
export const actionItems: SubjectHandler = {
  generationOf: async (ports, id) => (await itemOf(ports, id))?.generation,

  runTask: async (ports, { subjectId, generation, task }, invocation) => {
    const item = await itemOf(ports, subjectId);
    if (!item) return { writes: [], result: 'item-is-gone' };
    if (item.generation !== generation) return { writes: [], result: 'overtaken' };
    const [context, seen] = await Promise.all([
      loadContext(ports, item),
      task === 'prove' ? seenSince(ports, item) : undefined,
    ]);
    const plan = runTask(
      item,
      { generation, task },
      { context, invocation, seen, actor: actorOf(firebreak) },
    );
    return { writes: itemWrites(item, plan, invocation).writes, result: plan.reason };
  },

  noticeFailed: async (ports, notice, invocation) => {
    const item = await itemOf(ports, notice.subjectId);
    if (item?.generation !== notice.generation) return [];
    const told = await notifyFallback(ports, { of: item, notice }, invocation);
    if (told.length === 0) return [];
    const history = historyWriter(item, invocation);
    const text = `${notice.to.name} could not be notified (${notice.occasion}): the fallback contact is notified instead.`;
    history.write({ what: 'passed-on', text, reason: 'channel-failed' });
    return [...told, ...promiseWrites({ history: history.entries, outbox: [] })];
  },
};
