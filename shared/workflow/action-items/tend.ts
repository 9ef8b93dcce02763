import { actorOf } from '../../domain/corrective/timeline.ts';
import { firebreak } from '../../domain/directory/access.ts';
import { tend } from '../../domain/preventive/action-item/tend.ts';
import { chronicle } from '../../domain/proactive/chronicle.ts';
import { tellFallback } from '../our-recipient.ts';
import { promiseWrites } from '../plan-writes.ts';
import type { Tended } from '../subjects.ts';
import { aroundOf, itemWrites } from './around.ts';
import { itemOf } from './read.ts';
import { seenSince } from './seen-since.ts';

/** How timers and notices tend to action items. */
export const actionItems: Tended = {
  generationOf: async (ports, id) => (await itemOf(ports, id))?.generation,

  tend: async (ports, { subjectId, generation, task }, draw) => {
    const item = await itemOf(ports, subjectId);
    if (!item) return { writes: [], result: 'item-is-gone' };
    if (item.generation !== generation) return { writes: [], result: 'overtaken' };
    const [around, seen] = await Promise.all([
      aroundOf(ports, item),
      task === 'prove' ? seenSince(ports, item) : undefined,
    ]);
    const plan = tend(item, { generation, task }, { around, draw, seen, actor: actorOf(firebreak) });
    return { writes: itemWrites(item, plan, draw).writes, result: plan.reason };
  },

  noticeFailed: async (ports, notice, draw) => {
    const item = await itemOf(ports, notice.subjectId);
    if (item?.generation !== notice.generation) return [];
    const told = await tellFallback(ports, { of: item, notice }, draw);
    if (told.length === 0) return [];
    const story = chronicle(item, draw);
    const text = `${notice.to.name} could not be told (${notice.occasion}): the fallback contact is.`;
    story.write({ what: 'passed-on', text, reason: 'channel-failed' });
    return [...told, ...promiseWrites({ history: story.entries, promises: [] })];
  },
};
